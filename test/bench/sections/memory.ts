import { startChild, type Child, type Memory } from '../child.ts'
import { openDeviceSocket } from '../ours/device-socket.ts'
import type { OurReady, OurTask } from '../ours/server.ts'
import { emptyPlan, planWorld, type WorldPlan } from '../ours/world.ts'
import { openPeerSocket } from '../peer/peer-socket.ts'
import type { PeerReady, PeerTask } from '../peer/server.ts'
import { mapWrites } from '../peer/writes.ts'
import { decimal, printTable } from '../table.ts'
import { temporaryFolder } from '../temporary.ts'

const sockets = 1_000
const documents = 1_000
/** Entries in each of the documents. */
const entries = 10
const perSocket = 50

/** A thousand companies of ten people; one account that acts for all. */
const plan: WorldPlan = {
  ...emptyPlan,
  persons: 1 + documents * entries,
  companies: documents,
  accounts: 1,
  staff: Array.from({ length: documents }, (_, n) => [0, n] as const),
  employed: Array.from({ length: documents * entries }, (_, n) => [1 + n, Math.floor(n / entries)] as const),
}

interface Grown {
  readonly sockets: Memory
  readonly documents: Memory
}

async function grow(
  child: Child<unknown>,
  openSockets: () => Promise<void>,
  openDocuments: () => Promise<void>,
): Promise<Grown> {
  const before = await child.memory()
  await openSockets()
  const between = await child.memory()
  await openDocuments()
  const after = await child.memory()
  return { sockets: less(between, before), documents: less(after, between) }
}

function less(one: Memory, other: Memory): Memory {
  return { rss: one.rss - other.rss, held: one.held - other.held }
}

async function measureOurs(): Promise<Grown> {
  const world = planWorld(plan)
  const child = await startChild<OurReady>('ours/server.ts', {
    dataDir: temporaryFolder(),
    plan,
  } satisfies OurTask)
  const { port, cookies } = child.ready
  const cookie = cookies[0] ?? ''
  const nameOf = (n: number) => `org/${world.companies[n]?.id ?? ''}/contacts`
  await (await openDeviceSocket(port, cookie)).open(nameOf(0))
  const grown = await grow(
    child,
    async () => {
      for (let n = 0; n < sockets; n += 1) await (await openDeviceSocket(port, cookie)).open(nameOf(0))
    },
    async () => {
      for (let n = 0; n < documents; n += perSocket) {
        const socket = await openDeviceSocket(port, cookie)
        for (let at = n; at < n + perSocket; at += 1) await socket.open(nameOf(at))
      }
    },
  )
  await child.stop()
  return grown
}

async function measurePeer(): Promise<Grown> {
  const child = await startChild<PeerReady>('peer/server.ts', {
    folder: temporaryFolder(),
    debounceMs: null,
  } satisfies PeerTask)
  const { port } = child.ready
  const write = async (from: number, to: number) => {
    const socket = await openPeerSocket(port)
    for (let n = from; n < to; n += 1) {
      await socket.open(`contacts-${n}`)
      await socket.sendAll(mapWrites(`contacts-${n}`, entries, 600, 'contact:'), entries)
    }
  }
  await write(0, 1)
  const grown = await grow(
    child,
    async () => {
      for (let n = 0; n < sockets; n += 1) await (await openPeerSocket(port)).open('contacts-0')
    },
    async () => {
      for (let n = 0; n < documents; n += perSocket) await write(n, n + perSocket)
    },
  )
  await child.stop()
  return grown
}

/** What a thousand idle sockets and a thousand open documents add to the server's process. */
export async function memorySection(): Promise<void> {
  const [ours, peer] = [await measureOurs(), await measurePeer()]
  const mega = (bytes: number) => decimal(bytes / 1024 / 1024)
  const row = (title: string, one: Memory, other: Memory) => [
    title,
    mega(one.rss),
    mega(other.rss),
    mega(one.held),
    mega(other.held),
  ]
  printTable(
    'Memory of the server, MB',
    [
      ['', 'ours rss', 'peer rss', 'ours held', 'peer held'],
      row('1 000 idle sockets on one document', ours.sockets, peer.sockets),
      row(`1 000 open documents of ${entries} entries`, ours.documents, peer.documents),
    ],
    ['held = heap and external memory after a full collection; rss also counts what the allocator keeps.'],
  )
}
