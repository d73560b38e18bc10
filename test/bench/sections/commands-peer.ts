import { countArrivals } from '../arrivals.ts'
import { ownCpu, startChild } from '../child.ts'
import { openPeerSocket, type PeerSocket } from '../peer/peer-socket.ts'
import type { PeerReady, PeerTask } from '../peer/server.ts'
import { mapWrites } from '../peer/writes.ts'
import { temporaryFolder } from '../temporary.ts'
import { companiesOf, unanswered, type Mix } from './commands-plan.ts'
import type { Runner } from './commands.ts'

const updateBytes = 300

/** Hocuspocus with its SQLite extension, writers that send plain updates, and one reader on every document. */
export async function startPeer(mix: Mix, debounceMs: number | null, perRound: number): Promise<Runner> {
  const child = await startChild<PeerReady>('peer/server.ts', {
    folder: temporaryFolder(),
    debounceMs,
  } satisfies PeerTask)
  const { port } = child.ready
  const arrivals = countArrivals(0)
  const reader = await openPeerSocket(port)
  reader.onUpdate((_, update) => arrivals.take(update))
  const writers = await Promise.all(mix.accounts.map(() => openPeerSocket(port)))
  const opened = new Set<string>()
  const nameOf = (company: number) => `contacts-${company}`

  async function openOnce(socket: PeerSocket, key: string, name: string): Promise<void> {
    if (opened.has(`${key} ${name}`)) return
    opened.add(`${key} ${name}`)
    await socket.open(name)
  }

  return {
    async round(round) {
      const frames: (readonly Uint8Array[])[] = []
      for (const [writer, socket] of writers.entries()) {
        const companies = companiesOf(mix, writer, round)
        const each = Math.ceil(perRound / mix.writers / companies.length)
        const ofDocuments: (readonly Uint8Array[])[] = []
        for (const company of companies) {
          const name = nameOf(company)
          await openOnce(reader, 'reader', name)
          await openOnce(socket, `writer ${writer}`, name)
          ofDocuments.push(mapWrites(name, each, updateBytes, `contact:${round}-${writer}-`))
        }
        // Document after document in turn, as ours; each document's own updates stay in their order.
        const mine: Uint8Array[] = []
        for (let n = 0; n < each; n += 1) {
          for (const list of ofDocuments) if (list[n] !== undefined) mine.push(list[n] as Uint8Array)
        }
        frames.push(mine)
      }
      const total = frames.reduce((sum, list) => sum + list.length, 0)
      arrivals.reset()
      const cpuMs = await child.cpuMs()
      const load = ownCpu()
      const startedMs = performance.now()
      const sent = writers.map((socket, writer) => socket.sendAll(frames[writer] ?? [], unanswered))
      await Promise.all([...sent, arrivals.reach(total)])
      const ms = performance.now() - startedMs
      const loadShare = load.since() / ms
      const cpuUs = (((await child.cpuMs()) - cpuMs) * 1000) / total
      return { perSecond: (total * 1000) / ms, cpuUs, loadShare }
    },
    async stop() {
      for (const socket of [reader, ...writers]) socket.close()
      await child.stop()
    },
  }
}
