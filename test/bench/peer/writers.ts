import { performance } from 'node:perf_hooks'
import { openProviderDevice, type ProviderDevice } from './provider-device.ts'

/** The writers' devices, in a process of their own: making and applying updates must not take the reader's time. */
export interface WritersTask {
  readonly port: number
  readonly writers: number
  readonly unanswered: number
}

/** Documents of each writer, and how many writes each gets. */
export interface WritersRound {
  readonly names: readonly (readonly string[])[]
  readonly each: number
  readonly prefix: string
  readonly value: string
}

export type SaidToWriters = { readonly task: WritersTask } | { readonly open: WritersRound } | 'go' | 'stop'

/** What going came to; all have been acknowledged. */
export interface WritersDone {
  readonly ms: number
  readonly cpuMs: number
}

interface Writer {
  readonly device: ProviderDevice
  readonly write: (names: readonly string[], round: WritersRound, writer: number) => Promise<void>
}

let writers: readonly Writer[] = []
let round: WritersRound | undefined

process.on('message', (said: SaidToWriters) => void hear(said))
process.on('disconnect', () => process.exit(0))

async function hear(said: SaidToWriters): Promise<void> {
  if (said === 'stop') process.exit(0)
  if (said === 'go') {
    process.send?.(await go())
  } else if ('task' in said) {
    const { task } = said
    writers = Array.from({ length: task.writers }, () => createWriter(task))
    process.send?.('ready')
  } else {
    const { names } = said.open
    round = said.open
    await Promise.all(writers.map(({ device }, n) => device.open(names[n] ?? [])))
    process.send?.('opened')
  }
}

async function go(): Promise<WritersDone> {
  const standing = round
  if (standing === undefined) throw new Error('no round')
  const before = process.cpuUsage()
  const startedMs = performance.now()
  await Promise.all(writers.map(({ write }, n) => write(standing.names[n] ?? [], standing, n)))
  const { user, system } = process.cpuUsage(before)
  return { ms: performance.now() - startedMs, cpuMs: (user + system) / 1000 }
}

/** Writes with a transaction for each, with at most so many not yet acknowledged. */
function createWriter({ port, unanswered }: WritersTask): Writer {
  let answered = 0
  let more = () => {}
  const device = openProviderDevice(port, () => {
    answered += 1
    more()
  })
  return {
    device,
    write: (names, { each, prefix, value }, writer) =>
      new Promise((resolve) => {
        const maps = names.map((name) => device.docOf(name).getMap<string>('entries'))
        const total = each * maps.length
        let sent = 0
        answered = 0
        more = () => {
          for (; sent < total && sent - answered < unanswered; sent += 1) {
            // Document after document in turn, as ours. A `set` outside `transact` is a transaction of its own.
            maps[sent % maps.length]?.set(`${prefix}${writer}-${sent}`, value)
          }
          if (answered >= total) resolve()
        }
        more()
      }),
  }
}
