import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { createDevice, type Device } from '#client/core/create-device.ts'
import type { DeviceDeps } from '#client/core/device-deps.ts'
import type { Wish } from '#client/core/house.ts'
import { startHere, type Start } from '#client/core/start.ts'
import { makePassingMemory } from '#client/store/browser-memory.ts'
import type { StoredDocument } from '#client/store/stored-types.ts'
import type { CommandsAnswer } from '#shared/protocol/commands-message.ts'
import type { HandshakeAnswer } from '#shared/protocol/documents-message.ts'
import type { SessionBody } from '#shared/protocol/session-body.ts'
import { createMemoryDisk, keyRange, type MemoryDatabase } from './memory-disk.ts'
import type { Network, Place } from './network.ts'
import { purgeWatch } from './purge-watch.ts'
import type { Records } from './records.ts'
import { origin, type ServerMachine } from './server-machine.ts'
import { describe, type Sim } from './sim.ts'
import { contentOf } from './stored-content.ts'
import type { Life } from './timeline.ts'

/** A browser of one person: the real client on a disk that outlives its crashes. */
export interface DeviceMachine extends Place {
  readonly device: () => Device | undefined
  readonly disk: () => MemoryDatabase
  readonly boot: () => Promise<void>
  readonly crash: () => void
  readonly isRunning: () => boolean
  readonly goOnline: (online: boolean) => Promise<void>
  readonly signIn: () => Promise<void>
  readonly signOut: () => Promise<void>
  readonly wish: (wishes: readonly Wish[]) => Promise<void>
  /** Takes back what has not left, or reads what was refused. */
  readonly tidy: (cancelToo: boolean) => Promise<void>
  readonly choose: (party: string) => Promise<void>
  readonly wake: () => Promise<void>
  /** What a person with tools does: asks for what is not theirs, on their own session. */
  readonly pry: (document: string) => Promise<void>
}

export interface DeviceMachineDeps {
  readonly sim: Sim
  readonly network: Network
  readonly server: ServerMachine
  readonly records: Records
  readonly name: string
  readonly account: string
}

export function createDeviceMachine({
  sim,
  network,
  server,
  records,
  name,
  account,
}: DeviceMachineDeps): DeviceMachine {
  const { timeline, acts } = sim
  const watch = purgeWatch(sim, name)
  const disk = createMemoryDisk(timeline, sim.weather, (row) => sameContent(row))
  const memory = makePassingMemory()
  const skewMs = Math.trunc((acts.next() - 0.5) * 2 * 1.4 * 3_600_000)
  let life: Life = { name, alive: false, skewMs }
  let start: Start | undefined
  let online = true
  let token = ''

  function sameContent(row: StoredDocument): void {
    if (watch.isWaiting(row.name, row.seq)) return
    if (!sim.weather.chance(0.25)) return
    records.content(row.name, row.epoch, row.seq, contentOf(row))
  }
  const place: Place = {
    name,
    account,
    life: () => life,
    isOnline: () => online,
    cookie: () => `__Host-handslag_session=${token}`,
    onAnswer: (path, body) => {
      if (path === '/api/commands') heardResults(body)
      // On a link that stands, what comes over it may cross with the answer.
      const first = network.linksOf(place).length === 0
      if (path === '/api/documents/handshake')
        watch.expect(parsed(body) as HandshakeAnswer | undefined, first)
    },
    onFrame: (data) => watch.frame(data, disk.database(`handslag-${account}`)),
  }
  function heardResults(body: Uint8Array): void {
    for (const result of (parsed(body) as Partial<CommandsAnswer> | undefined)?.results ?? [])
      records.heard(account, result)
  }
  const deps: DeviceDeps = {
    fetch: network.fetchFor(place),
    WebSocket: network.webSocketFor(place),
    indexedDB: disk as unknown as IDBFactory,
    IDBKeyRange: keyRange as unknown as DeviceDeps['IDBKeyRange'],
    origin,
    clock: { nowMs: () => Date.now() },
    random: () => sim.weather.next(),
    memory,
    isOnline: () => online,
    // Whoever asks while the account is being left is told that the store is closed; that is an answer, not a fault.
    onFault: (fault) => {
      if (life.alive && (fault as Error).name !== 'StoreClosedFault')
        sim.fail(`device fault at ${name}: ${describe(fault)}`)
    },
  }
  const device = (): Device | undefined => {
    const stage = life.alive ? start?.stage() : undefined
    return stage?.kind === 'house' ? stage.house : undefined
  }
  const during = async (work: (device: Device) => unknown): Promise<void> => {
    const house = device()
    if (house !== undefined) await timeline.during(life, () => work(house))
  }
  async function enter(mine: Life): Promise<void> {
    if (token === '' || start?.stage().kind !== 'sign-in') return
    const response = await deps.fetch(`${origin}/api/session`, {})
    if (response.ok && mine.alive) await start?.enter((await response.json()) as SessionBody)
  }
  async function ask(house: Device, wishes: readonly Wish[]): Promise<void> {
    for (const answer of await house.dispatchAll(wishes)) {
      if (answer.ok) records.promised(answer.id, account, name)
      sim.count(answer.ok ? 'commands' : 'refused on the device')
    }
  }
  async function takeBack(house: Device, id: string): Promise<void> {
    if (await house.cancel(id)) records.cancelled(id)
  }
  const quietly = (promise: Promise<unknown>) => void promise.catch(deps.onFault)

  return {
    ...place,
    device,
    disk: () => disk.database(`handslag-${account}`),
    isRunning: () => life.alive,
    boot: async () => {
      life = { name, alive: true, skewMs }
      await timeline.during(life, () => {
        start = startHere(deps, async (session, given) => {
          const house = await createDevice(session, given)
          return { house, close: () => house.stop() }
        })
      })
    },
    crash: () => {
      sim.trace(`${name} dies`)
      life.alive = false
      start = undefined
      disk.crash()
      watch.forget()
      for (const link of network.linksOf(place)) link.cut()
    },
    goOnline: async (next) => {
      if (online === next) return
      online = next
      if (!next) {
        for (const link of network.linksOf(place)) {
          if (sim.weather.chance(0.5)) link.die()
          else link.cut()
        }
      }
      await during((house) => house.wake())
    },
    signIn: async () => {
      if (!life.alive || device() !== undefined || start?.stage().kind !== 'sign-in' || !online) return
      await server.during((house) => {
        const given = (fresh: string) => {
          token = fresh
        }
        house.sessions.start(account, 'simulated', undefined).then(given, () => undefined)
      })
      const mine = life
      timeline.plan(2500, () => void enter(mine).catch(() => undefined), mine)
    },
    signOut: async () => {
      const house = device()
      if (house === undefined) return
      records.erased(name)
      await timeline.during(life, () => quietly(house.signOut(false)))
    },
    wish: async (wishes) => {
      await during((house) => {
        quietly(ask(house, wishes))
      })
    },
    tidy: async (cancelToo) => {
      await during((house) => {
        for (const { command, state, refusal } of house.outbox()) {
          if (state === 'refused' || state === 'failed') {
            records.refusalShown(command.id, refusal?.code ?? '')
            quietly(house.acknowledge(command.id))
          } else if (cancelToo && state !== 'accepted') {
            quietly(takeBack(house, command.id))
          }
        }
      })
    },
    choose: (party) => during((house) => house.chooseRole(party)),
    wake: () => during((house) => house.wake()),
    pry: (document) =>
      during(() => {
        for (const link of network.linksOf(place)) {
          link.deviceEnd.send(JSON.stringify({ open: document }))
          timeline.plan(500, () => link.deviceEnd.send(askForAll(document)), life)
        }
        const path = `${origin}/api/documents/copy?name=${encodeURIComponent(document)}`
        void deps.fetch(path).catch(() => undefined)
      }),
  }
}

/** The first step of y-websocket's protocol, of a device that has nothing yet. */
function askForAll(document: string): Uint8Array {
  const encoder = createEncoder()
  writeVarString(encoder, document)
  writeVarUint(encoder, 0)
  writeVarUint(encoder, 0)
  writeVarUint8Array(encoder, new Uint8Array([0]))
  return toUint8Array(encoder)
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8')) as unknown
  } catch {
    return undefined
  }
}
