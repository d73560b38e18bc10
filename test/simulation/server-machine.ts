import type { Chance } from '#server/chance.ts'
import { createServerHouse, type ServerHouse } from '#server/house.ts'
import { ownAddress } from '#server/http/own-address.ts'
import type { Log } from '#server/log.ts'
import { sessionMigration } from '#server/sessions/session-tables.ts'
import { openStore, type OpenStore } from '#server/store/open-store.ts'
import { dayOf } from '#shared/kernel/time.ts'
import { uuidOf } from './globals.ts'
import { makePrng } from './prng.ts'
import { describe, type Sim } from './sim.ts'
import { nobody, type Life } from './timeline.ts'

export const origin = 'https://handslag.test'
const address = ownAddress({ publicUrl: origin, host: '127.0.0.1' }, 443)

export type CrashPoint = 'before commit' | 'after commit'
const failedCommit = 'the commit failed'

/** The real house on a real file. It dies at will: between two turns, or around the next commit; what was in memory is gone. */
export interface ServerMachine {
  readonly life: () => Life
  readonly isUp: () => boolean
  readonly house: () => ServerHouse
  readonly store: () => OpenStore
  readonly boot: () => Promise<void>
  readonly crash: () => void
  readonly crashAt: (point: CrashPoint) => void
  /** The next commit comes to nothing, and the server lives on. */
  readonly failCommit: () => void
  readonly upgrade: (request: object) => boolean
  /** Runs in the server's name; nothing when it is down. */
  readonly during: (work: (house: ServerHouse) => unknown) => Promise<void>
  readonly close: () => void
}

type Upgrade = (request: object, stream: object, head: Buffer) => void

export function createServerMachine(sim: Sim, file: string, onDown: () => void): ServerMachine {
  const { timeline } = sim
  const dice = makePrng(sim.seed * 7 + 5)
  const chance: Chance = {
    id: () =>
      uuidOf(
        Uint8Array.from({ length: 16 }, () => dice.below(256)),
        4,
      ),
    epoch: () => `e${dice.below(2 ** 31)}`,
    clientId: () => dice.below(2 ** 32),
  }
  let life: Life = { name: 'server', alive: false, skewMs: 0 }
  let house: ServerHouse | undefined
  let store: OpenStore | undefined
  let upgrade: Upgrade | undefined
  let armed: CrashPoint | undefined
  let failing = false

  function boot(): Promise<void> {
    life = { name: 'server', alive: true, skewMs: 0 }
    const mine = life
    return timeline.during(mine, () => start(mine))
  }
  function start(mine: Life): void {
    const opened = openStore(file, {
      migrations: [{ name: '002-sessions', sql: sessionMigration }],
      fatal: (fault) => sim.fail(`fatal: ${describe(fault)}`),
    })
    const nothing = () => undefined
    opened.listen({
      beforeCommit: nothing,
      afterCommit: () => {
        if (armed === 'after commit') die(mine)
      },
      rolledBack: nothing,
    })
    const now = () => new Date(sim.wallMs()).toISOString()
    store = opened
    house = createServerHouse({
      store: opened,
      config: { trustProxy: false },
      log: quietLog(sim, mine),
      routes: [],
      chance,
      clock: {
        now,
        today: () => dayOf(now()),
      },
      mailer: { send: async () => sim.count('mails') },
      address: () => address,
    })
    house.attach({ on: (_type: string, heard: Upgrade) => (upgrade = heard) } as never)
    opened.listen({
      beforeCommit: () => {
        if (failing) {
          failing = false
          sim.count('commits failed')
          throw new Error(failedCommit)
        }
        if (armed !== 'before commit') return
        die(mine)
        throw new Error('the machine stopped')
      },
      afterCommit: nothing,
      rolledBack: nothing,
    })
  }
  /** From here on nothing it does reaches anybody. */
  function die(mine: Life): void {
    if (!mine.alive) return
    sim.trace(`server dies ${armed ?? 'between two turns'}`)
    sim.count(`server crashes ${armed ?? ''}`.trim())
    mine.alive = false
    armed = undefined
    timeline.plan(0, bury, nobody)
  }
  function bury(): void {
    store?.db.close()
    store = house = upgrade = undefined
    onDown()
  }
  function need<T>(part: T | undefined): T {
    if (part === undefined) throw new Error('the server is down')
    return part
  }
  return {
    life: () => life,
    isUp: () => life.alive && house !== undefined,
    house: () => need(house),
    store: () => need(store),
    boot,
    crash: () => die(life),
    crashAt: (point) => {
      armed = point
    },
    failCommit: () => {
      failing = true
    },
    upgrade: (request) => {
      upgrade?.(
        request,
        { on: () => undefined, destroy: () => undefined, end: () => undefined },
        Buffer.alloc(0),
      )
      return upgrade !== undefined
    },
    during: async (work) => {
      if (house !== undefined && life.alive) await timeline.during(life, () => work(need(house)))
    },
    close: () => {
      life.alive = false
      store?.db.close()
      store = house = undefined
    },
  }
}

function quietLog(sim: Sim, life: Life): Log {
  const nothing = () => undefined
  return {
    debug: nothing,
    info: nothing,
    warn: nothing,
    fault: (what, fault) => {
      const expected = fault instanceof Error && fault.message === failedCommit
      if (life.alive && !expected) sim.fail(`server fault, ${what}: ${describe(fault)}`)
      return 'reference'
    },
  }
}
