import type { Database } from 'better-sqlite3'

/** What takes part in every commit: told before it (still inside), after it, or when it came to nothing. */
export interface CommitListener {
  /** Writes rows it has held back. What it throws makes the works be done again, carefully. */
  readonly collect?: () => void
  /** Nothing but the commit itself comes after this; what it throws fails the whole batch. */
  readonly beforeCommit: () => void
  readonly afterCommit: () => void
  /** The same works are done again, more carefully: what was noted of them is void. Nothing has reached the disk or anybody. */
  readonly startedOver?: () => void
  readonly rolledBack: () => void
}

/** True when works are done one by one in savepoints, because one of their company has thrown. */
export type Careful = boolean

interface Job {
  readonly work: (careful: Careful) => unknown
  readonly recover: ((fault: unknown) => unknown) | undefined
  readonly resolve: (value: never) => void
  readonly reject: (fault: unknown) => void
}

export interface Writer {
  readonly write: <T>(work: (careful: Careful) => T, recover?: (fault: unknown) => T) => Promise<T>
  readonly listen: (listener: CommitListener) => void
  readonly idle: () => Promise<void>
}

/** Longest a batch may keep the event loop, so that sockets and health stay answered. */
const batchMs = 40

/** Turns of the event loop a batch waits for company: some tens of microseconds when nothing else happens. */
const gatherTurns = 2

/**
 * The one writer. Work that arrives in the same turn of the event loop shares one BEGIN IMMEDIATE … COMMIT (an fsync costs as much
 * for a hundred commands as for one), and is answered only after COMMIT. A work that throws falls alone: the others are then done
 * once more, each in a savepoint of its own. Savepoints for all, always, would copy every page that is touched.
 */
export function createWriter(
  db: Database,
  savepoint: { readonly mark: () => void; readonly undo: () => void; readonly undoAll: () => void },
  fatal: (fault: unknown) => void,
): Writer {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  const save = db.prepare('SAVEPOINT work')
  const release = db.prepare('RELEASE work')
  const undo = db.prepare('ROLLBACK TO work')
  const listeners: CommitListener[] = []
  let queue: Job[] = []
  let scheduled = false
  /** Documents in memory are ahead of the disk: from here on the batch is committed or falls whole. */
  let sealed = false
  let whenIdle: (() => void)[] = []

  function schedule(): void {
    if (scheduled) return
    scheduled = true
    gather(gatherTurns)
  }

  /** Bodies that came in together are read over a few turns of the loop; a commit for each would cost an fsync for each. */
  function gather(turns: number): void {
    setImmediate(turns === 0 ? runBatch : () => gather(turns - 1))
  }

  function runBatch(): void {
    scheduled = false
    const started = performance.now()
    try {
      const done = runJobs((job) => job.work(false), started)
      queue.splice(0, done.length)
      settle(done)
    } catch (fault) {
      if (sealed || isDiskError(fault)) return failAll(fault)
      if (db.inTransaction) rollback.run()
      savepoint.undo()
      for (const listener of listeners) listener.startedOver?.()
      runCarefully(started)
    }
    finish()
  }

  function runCarefully(started: number): void {
    let done: readonly (() => void)[] = []
    try {
      done = runJobs(runInSavepoint, started)
    } catch (fault) {
      return failAll(fault)
    }
    queue.splice(0, done.length)
    settle(done)
  }

  /** One transaction over as many works as fit its time; gives what is to be told when it has been committed. */
  function runJobs(run: (job: Job) => unknown, started: number): readonly (() => void)[] {
    const settled: (() => void)[] = []
    sealed = false
    begin.run()
    savepoint.mark()
    for (const job of queue) {
      const value = run(job)
      settled.push(
        value instanceof Fallen ? () => job.reject(value.fault) : () => job.resolve(value as never),
      )
      if (performance.now() - started > batchMs) break
    }
    for (const listener of listeners) listener.collect?.()
    sealed = true
    for (const listener of listeners) listener.beforeCommit()
    commit.run()
    return settled
  }

  function settle(settled: readonly (() => void)[]): void {
    for (const tell of settled) tell()
    for (const listener of listeners) listener.afterCommit()
  }

  function runInSavepoint(job: Job): unknown {
    savepoint.mark()
    save.run()
    try {
      const value = job.work(true)
      release.run()
      return value
    } catch (fault) {
      // After such an error SQLite may have rolled back everything by itself: the whole batch falls, and by this fault.
      if (isDiskError(fault) || !db.inTransaction) throw fault
      undo.run()
      release.run()
      savepoint.undo()
      const { recover } = job
      if (recover === undefined) return new Fallen(fault)
      return runInSavepoint({ ...job, work: () => recover(fault), recover: undefined })
    }
  }

  function failAll(fault: unknown): void {
    if (db.inTransaction) rollback.run()
    savepoint.undoAll()
    for (const listener of listeners) listener.rolledBack()
    for (const job of queue.splice(0)) job.reject(fault)
    // An error of the disk is not to be retried: what the file holds is then unknown.
    if (isDiskError(fault)) fatal(fault)
    finish()
  }

  function finish(): void {
    if (queue.length > 0) return schedule()
    for (const done of whenIdle.splice(0)) done()
  }

  return {
    write: (work, recover) =>
      new Promise((resolve, reject) => {
        queue.push({ work, recover, resolve: resolve, reject })
        schedule()
      }),
    listen: (listener) => listeners.push(listener),
    idle: () =>
      scheduled || queue.length > 0 ? new Promise((resolve) => whenIdle.push(resolve)) : Promise.resolve(),
  }
}

/** A work that threw, alone. */
class Fallen {
  readonly fault: unknown
  constructor(fault: unknown) {
    this.fault = fault
  }
}

function isDiskError(fault: unknown): boolean {
  const code = (fault as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^SQLITE_(IOERR|FULL|CORRUPT|NOTADB)/.test(code)
}
