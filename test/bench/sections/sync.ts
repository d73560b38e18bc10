import { connect } from 'node:net'
import { gunzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { startChild } from '../child.ts'
import { openDeviceSocket } from '../ours/device-socket.ts'
import type { OurReady, OurTask } from '../ours/server.ts'
import { emptyPlan, planWorld, type WorldPlan } from '../ours/world.ts'
import { openPeerSocket, updateFrame } from '../peer/peer-socket.ts'
import type { PeerReady, PeerTask } from '../peer/server.ts'
import { median } from '../statistics.ts'
import { decimal, printTable, times, whole } from '../table.ts'
import { temporaryFolder } from '../temporary.ts'

const contacts = 5_000
const rounds = 7
const peerDocument = 'contacts'

/** One company, 5,000 employees; the first person's account acts for it. */
const plan: WorldPlan = {
  ...emptyPlan,
  persons: contacts,
  companies: 1,
  accounts: 1,
  staff: [[0, 0]],
  employed: Array.from({ length: contacts }, (_, n) => [n, 0] as const),
}

interface Cost {
  readonly bytes: number
  readonly ms: number
}

/** A whole HTTP exchange on a connection of its own, with every byte counted. */
async function exchange(
  port: number,
  request: string,
): Promise<{ head: string; body: Buffer; bytes: number }> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.write(request)
  await new Promise((resolve, reject) => socket.once('end', resolve).once('error', reject))
  const bytes = socket.bytesRead + socket.bytesWritten
  const answer = Buffer.concat(chunks)
  const headEnd = answer.indexOf('\r\n\r\n')
  const head = answer.toString('latin1', 0, headEnd)
  if (!head.startsWith('HTTP/1.1 200')) throw new Error(head)
  return { head, body: answer.subarray(headEnd + 4), bytes }
}

function request(method: string, path: string, cookie: string, body = ''): string {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    `Cookie: ${cookie}`,
    'Accept-Encoding: gzip',
    'Connection: close',
    ...(body === '' ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`]),
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

function assertWhole(doc: Y.Doc): void {
  const size = doc.getMap('entries').size
  if (size < contacts) throw new Error(`${size} of ${contacts} contacts`)
}

/** As the app does it: the compressed copy, then the socket brings what is newer (nothing). */
async function ourFirst(
  port: number,
  cookie: string,
  name: string,
): Promise<Cost & { doc: Y.Doc; epoch: string }> {
  const startedMs = performance.now()
  const copy = await exchange(
    port,
    request('GET', `/api/documents/copy?name=${encodeURIComponent(name)}`, cookie),
  )
  const epoch = /\r\nx-epoch: (\S+)/i.exec(copy.head)?.[1] ?? ''
  const doc = new Y.Doc()
  Y.applyUpdate(doc, gunzipSync(copy.body))
  const socket = await openDeviceSocket(port, cookie)
  await socket.open(name, Y.encodeStateVector(doc), epoch)
  const ms = performance.now() - startedMs
  assertWhole(doc)
  const bytes = copy.bytes + socket.bytes()
  socket.close()
  return { bytes, ms, doc, epoch }
}

/** The handshake that says what must go, and the socket. */
async function ourAgain(
  port: number,
  cookie: string,
  as: string,
  name: string,
  held: { doc: Y.Doc; epoch: string },
): Promise<Cost> {
  const startedMs = performance.now()
  const seq = Number(held.doc.getMap('meta').get('seq'))
  const body = JSON.stringify({ as, have: [{ name, epoch: held.epoch, seq }] })
  const hands = await exchange(port, request('POST', '/api/documents/handshake', cookie, body))
  const socket = await openDeviceSocket(port, cookie)
  await socket.open(name, Y.encodeStateVector(held.doc), held.epoch)
  const cost = { ms: performance.now() - startedMs, bytes: hands.bytes + socket.bytes() }
  socket.close()
  return cost
}

async function peerOpen(port: number, doc: Y.Doc): Promise<Cost> {
  const startedMs = performance.now()
  const socket = await openPeerSocket(port)
  socket.onUpdate((_, update) => Y.applyUpdate(doc, update))
  await socket.open(peerDocument, Y.encodeStateVector(doc))
  const ms = performance.now() - startedMs
  assertWhole(doc)
  const bytes = socket.bytes()
  socket.close()
  return { ms, bytes }
}

/** First sync of a large list to a new device, and a reconnect that has nothing to bring. */
export async function syncSection(): Promise<void> {
  const world = planWorld(plan)
  const as = world.companies[0]?.id ?? ''
  const name = `org/${as}/contacts`
  const ours = await startChild<OurReady>('ours/server.ts', {
    dataDir: temporaryFolder(),
    plan,
  } satisfies OurTask)
  const peer = await startChild<PeerReady>('peer/server.ts', {
    folder: temporaryFolder(),
    debounceMs: null,
  } satisfies PeerTask)
  const cookie = ours.ready.cookies[0] ?? ''
  // The same content, entry by entry as a device writes it.
  const content = (await ourFirst(ours.ready.port, cookie, name)).doc
  const writer = await openPeerSocket(peer.ready.port)
  await writer.open(peerDocument)
  const copy = new Y.Doc()
  const frames: Uint8Array[] = []
  copy.on('update', (update: Uint8Array) => frames.push(updateFrame(peerDocument, update)))
  const entries = copy.getMap<string>('entries')
  for (const [key, value] of content.getMap<string>('entries')) entries.set(key, value)
  await writer.sendAll(frames, 200)

  const costs: Record<'ourFirst' | 'peerFirst' | 'ourAgain' | 'peerAgain', Cost[]> = {
    ourFirst: [],
    peerFirst: [],
    ourAgain: [],
    peerAgain: [],
  }
  for (let round = 0; round < rounds; round += 1) {
    const held = await ourFirst(ours.ready.port, cookie, name)
    costs.ourFirst.push(held)
    const doc = new Y.Doc()
    costs.peerFirst.push(await peerOpen(peer.ready.port, doc))
    costs.ourAgain.push(await ourAgain(ours.ready.port, cookie, as, name, held))
    costs.peerAgain.push(await peerOpen(peer.ready.port, doc))
  }
  writer.close()
  await ours.stop()
  await peer.stop()

  const row = (title: string, one: readonly Cost[], other: readonly Cost[]) => {
    const [ourBytes, peerBytes] = [
      median(one.map(({ bytes }) => bytes)),
      median(other.map(({ bytes }) => bytes)),
    ]
    const [ourMs, peerMs] = [median(one.map(({ ms }) => ms)), median(other.map(({ ms }) => ms))]
    return [
      title,
      whole(ourBytes),
      whole(peerBytes),
      times(ourBytes, peerBytes),
      decimal(ourMs),
      decimal(peerMs),
      times(ourMs, peerMs),
    ]
  }
  printTable(
    'First sync of 5 000 contacts, and a reconnect with nothing new (less is better)',
    [
      ['', 'ours bytes', 'peer bytes', 'ratio', 'ours ms', 'peer ms', 'ratio'],
      row('first sync', costs.ourFirst, costs.peerFirst),
      row('reconnect', costs.ourAgain, costs.peerAgain),
    ],
    [
      `Median of ${rounds} interleaved rounds; every byte both ways, HTTP and upgrade included; until the Y.Doc is whole.`,
    ],
  )
}
