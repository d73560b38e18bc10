import { setTimeout as pause } from 'node:timers/promises'
import type { Memory } from './child.ts'

/** The task this process was started with. */
export function readTask<Task>(): Promise<Task> {
  return new Promise((resolve) =>
    process.once('message', (said) => resolve((said as { readonly task: Task }).task)),
  )
}

/** Tells that the server is ready, and then answers what is asked until it is told to stop. */
export function serve(ready: unknown, stop: () => Promise<void>): void {
  process.on('message', (asked) => {
    if (asked === 'cpu') process.send?.(cpuMs())
    if (asked === 'memory') void measure().then((memory) => process.send?.(memory))
    if (asked === 'stop') void stop().finally(() => process.exit(0))
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.(ready)
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function measure(): Promise<Memory> {
  for (let n = 0; n < 3; n += 1) {
    globalThis.gc?.()
    await pause(50)
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rss, held: heapUsed + external }
}
