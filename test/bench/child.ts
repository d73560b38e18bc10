import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

export interface Memory {
  readonly rss: number
  /** What the program itself holds: heap, buffers, external memory. */
  readonly held: number
}

/** A server in a process of its own. What it answers at start is `ready`. */
export interface Child<Ready> {
  readonly ready: Ready
  /** Processor time it has used so far, all threads. */
  readonly cpuMs: () => Promise<number>
  /** After a full collection. */
  readonly memory: () => Promise<Memory>
  readonly stop: () => Promise<void>
}

const running = new Set<ChildProcess>()
// Before the folders they write to are gone, however the bench ends.
process.prependListener('exit', () => {
  for (const one of running) one.kill('SIGKILL')
})

/** Starts a program of this folder and waits until it says that it is ready. */
export async function startChild<Ready>(
  file: string,
  task: unknown,
  flags: readonly string[] = [],
): Promise<Child<Ready>> {
  const child = fork(join(import.meta.dirname, file), [], {
    execArgv: ['--expose-gc', ...flags],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${String(code)}`)))
  })
  ended.catch(() => undefined)
  const next = <T>() =>
    Promise.race([new Promise<T>((resolve) => child.once('message', (said) => resolve(said as T))), ended])
  // By message: a plan of thousands of relations is too long for a command line.
  child.send({ task })
  return {
    ready: await next<Ready>(),
    cpuMs() {
      child.send('cpu')
      return next<number>()
    },
    memory() {
      child.send('memory')
      return next<Memory>()
    },
    async stop() {
      child.send('stop')
      await ended.catch(() => undefined)
    },
  }
}

/** Processor time of this process from now on, in milliseconds. */
export function ownCpu(): { readonly since: () => number } {
  const before = process.cpuUsage()
  return {
    since() {
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    },
  }
}
