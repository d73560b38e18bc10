import { setTimeout as pause } from 'node:timers/promises'
import { startChild } from '../child.ts'
import { openCallLine } from '../ours/call-line.ts'
import { openDeviceSocket } from '../ours/device-socket.ts'
import { assertAccepted, callsOf, newDevice, propose, withdraw } from '../ours/propose.ts'
import type { OurReady, OurTask } from '../ours/server.ts'
import { emptyPlan, planWorld, type WorldPlan } from '../ours/world.ts'
import { openPeerSocket } from '../peer/peer-socket.ts'
import type { PeerReady, PeerTask } from '../peer/server.ts'
import { mapWrites } from '../peer/writes.ts'
import { percentile } from '../statistics.ts'
import { decimal, printTable } from '../table.ts'
import { temporaryFolder } from '../temporary.ts'

const rates = [50, 200, 500] as const
const seconds = 4
const rounds = 3
/** Each has a device of its own listening. */
const receivers = 200
const senders = 10

/** More than half the passes over the receivers, so that no pair meets twice. */
const companies = 50

type Arrived = (receiver: number, update: Uint8Array) => void

/** Sends the n:th write to the n:th receiver in turn; the receiver tells when it has come. */
interface Path {
  /** Sending answers the words by which the write is known when it comes: a busy server sends several in one message. */
  readonly prepare: (count: number) => Promise<(n: number) => string>
  readonly onArrival: (listener: Arrived) => void
  readonly stop: () => Promise<void>
}

/** The person is the account of its number; each company asks each person once. */
const plan: WorldPlan = {
  ...emptyPlan,
  persons: receivers + senders,
  companies,
  accounts: receivers + senders,
  staff: Array.from({ length: companies }, (_, n) => [receivers + (n % senders), n] as const),
}

async function ourPath(): Promise<Path> {
  const world = planWorld(plan)
  const child = await startChild<OurReady>('ours/server.ts', {
    dataDir: temporaryFolder(),
    plan,
  } satisfies OurTask)
  const { port, cookies } = child.ready
  const devices = Array.from({ length: senders }, newDevice)
  let arrived: Arrived = () => undefined
  for (let receiver = 0; receiver < receivers; receiver += 1) {
    const socket = await openDeviceSocket(port, cookies[receiver] ?? '')
    await socket.open(`me/${world.accounts[receiver] ?? ''}`)
    socket.onUpdate((_, update) => arrived(receiver, update))
  }
  let made = 0
  const pending = new Map<string, string>()
  return {
    async prepare(count) {
      // Anew each time: the server hangs up on a line that has been idle while the peer was measured.
      const lines = await Promise.all(devices.map(() => openCallLine(port)))
      const calls = Array.from({ length: count }, () => {
        const pass = Math.floor(made / receivers)
        // Asked in one pass and taken back in the next, by a company the person has not met: nobody has dozens of questions waiting.
        const company = ((made % receivers) + Math.floor(pass / 2)) % companies
        const person = world.persons[made % receivers]
        made += 1
        const sender = company % senders
        const device = devices[sender]
        if (person === undefined || device === undefined) throw new Error('the plan is too small')
        const as = world.companies[company]?.id ?? ''
        const asked = pending.get(person.id)
        const command = asked === undefined ? propose(device, as, person) : withdraw(device, as, asked)
        const mark = /"input":\{"id":"([^"]+)"/.exec(command)?.[1] ?? ''
        if (asked === undefined) pending.set(person.id, mark)
        else pending.delete(person.id)
        return { sender, mark, bytes: callsOf(cookies[receivers + sender] ?? '', device, [command], 1)[0] }
      })
      return (n) => {
        const call = calls[n]
        if (call?.bytes !== undefined) void lines[call.sender]?.call(call.bytes).then(assertAccepted)
        return call?.mark ?? ''
      }
    },
    onArrival: (listener) => (arrived = listener),
    stop: child.stop,
  }
}

async function peerPath(): Promise<Path> {
  const child = await startChild<PeerReady>('peer/server.ts', {
    folder: temporaryFolder(),
    debounceMs: null,
  } satisfies PeerTask)
  const { port } = child.ready
  const lines = await Promise.all(Array.from({ length: senders }, () => openPeerSocket(port)))
  let arrived: Arrived = () => undefined
  for (let receiver = 0; receiver < receivers; receiver += 1) {
    const socket = await openPeerSocket(port)
    await socket.open(`me-${receiver}`)
    await lines[receiver % senders]?.open(`me-${receiver}`)
    socket.onUpdate((_, update) => arrived(receiver, update))
  }
  let made = 0
  return {
    prepare(count) {
      const frames = Array.from({ length: receivers }, (_, receiver) =>
        mapWrites(`me-${receiver}`, Math.ceil(count / receivers), 300, `own:${made}-`),
      )
      const prefix = `own:${made}-`
      made += 1
      return Promise.resolve((n) => {
        const frame = frames[n % receivers]?.[Math.floor(n / receivers)]
        if (frame !== undefined) void lines[(n % receivers) % senders]?.sendAll([frame], 1)
        return `${prefix}${Math.floor(n / receivers)}`
      })
    },
    onArrival: (listener) => (arrived = listener),
    async stop() {
      for (const line of lines) line.close()
      await child.stop()
    },
  }
}

/** Offers writes at a fixed rate, whatever has been answered, and waits for the last. Gives milliseconds for each. */
async function offer(path: Path, rate: number): Promise<readonly number[]> {
  const count = rate * seconds
  const send = await path.prepare(count)
  const waiting = Array.from(
    { length: receivers },
    (): { readonly mark: string; readonly sentMs: number }[] => [],
  )
  const took: number[] = []
  path.onArrival((receiver, update) => {
    const text = Buffer.from(update)
    const list = waiting[receiver] ?? []
    while (list[0] !== undefined && text.includes(list[0].mark)) {
      took.push(performance.now() - list[0].sentMs)
      list.shift()
    }
  })
  const startedMs = performance.now()
  for (let n = 0; n < count; n += 1) {
    const dueMs = startedMs + (n * 1000) / rate
    if (dueMs > performance.now()) await pause(Math.max(0, dueMs - performance.now()))
    const sentMs = performance.now()
    waiting[n % receivers]?.push({ mark: send(n), sentMs })
  }
  for (let waits = 0; took.length < count && waits < 400; waits += 1) await pause(25)
  if (took.length < count) throw new Error(`${took.length} of ${count} writes arrived`)
  return took
}

/** From the sender's POST (or frame) to the other party's device. */
export async function latencySection(): Promise<void> {
  const paths = [await ourPath(), await peerPath()]
  const rows = [['offered', 'ours p50 ms', 'ours p99 ms', 'peer p50 ms', 'peer p99 ms']]
  for (const rate of rates) {
    const took: number[][] = paths.map(() => [])
    for (let round = 0; round < rounds; round += 1) {
      for (const [n, path] of paths.entries()) took[n]?.push(...(await offer(path, rate)))
    }
    const cells = took.flatMap((list) => [decimal(percentile(list, 50), 2), decimal(percentile(list, 99), 2)])
    rows.push([`${rate}/s`, ...cells])
  }
  for (const path of paths) await path.stop()
  printTable('From the sender’s POST to the other party’s device', rows, [
    `${rounds} interleaved rounds of ${seconds} s, ${receivers} receivers. Ours is on disk (FULL) before it is sent on; the peer’s is not.`,
  ])
}
