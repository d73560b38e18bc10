import type { Database } from 'better-sqlite3'

/** What takes part in every commit: told before it (still inside), after it, or when it came to nothing. */
export interface CommitListener {
  readonly beforeCommit: () => void
  readonly afterCommit: () => void
  readonly rolledBack: () => void
}

interface Job {
  readonly work: () => unknown
  readonly recover: ((fault: unknown) => unknown) | undefined
  readonly resolve: (value: never) => void
  readonly reject: (fault: unknown) => void
}

export interface Writer {
  readonly write: <T>(work: () => T, recover?: (fault: unknown) => T) => Promise<T>
  readonly listen: (listener: CommitListener) => void
  readonly idle: () => Promise<void>
}

/** Longest a batch may keep the event loop, so that sockets and health stay answered. */
const batchMs = 40

/** Turns of the event loop a batch waits for company: some tens of microseconds when nothing else happens. */
const gatherTurns = 2

/**
 * The one writer. Work that arrives in the same turn of the event loop shares one BEGIN IMMEDIATE … COMMIT (an fsync costs as much
 * for a hundred commands as for one), each in its own savepoint, and is answered only after COMMIT.
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
    const settled: (() => void)[] = []
    let batch: readonly Job[] = []
    try {
      begin.run()
      batch = runJobs(settled)
      for (const listener of listeners) listener.beforeCommit()
      commit.run()
    } catch (fault) {
      if (db.inTransaction) rollback.run()
      savepoint.undoAll()
      for (const listener of listeners) listener.rolledBack()
      for (const job of batch.length > 0 ? batch : queue.splice(0)) job.reject(fault)
      // An error of the disk is not to be retried: what the file holds is then unknown.
      if (isDiskError(fault)) fatal(fault)
      finish()
      return
    }
    for (const settle of settled) settle()
    for (const listener of listeners) listener.afterCommit()
    finish()
  }

  function runJobs(settled: (() => void)[]): readonly Job[] {
    const started = performance.now()
    let count = 0
    while (count < queue.length) {
      const job = queue[count]
      if (job === undefined) break
      count += 1
      settled.push(runJob(job))
      if (performance.now() - started > batchMs) break
    }
    return queue.splice(0, count)
  }

  function runJob(job: Job): () => void {
    savepoint.mark()
    save.run()
    try {
      const value = job.work()
      release.run()
      return () => job.resolve(value as never)
    } catch (fault) {
      // After such an error SQLite may have rolled back everything by itself: the whole batch falls, and by this fault.
      if (isDiskError(fault) || !db.inTransaction) throw fault
      undo.run()
      release.run()
      savepoint.undo()
      const { recover } = job
      if (recover === undefined) return () => job.reject(fault)
      return runJob({ ...job, work: () => recover(fault), recover: undefined })
    }
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

function isDiskError(fault: unknown): boolean {
  const code = (fault as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^SQLITE_(IOERR|FULL|CORRUPT|NOTADB)/.test(code)
}
