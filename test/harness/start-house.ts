import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { demoClock, type Clock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import { demoId } from '#server/demo/demo-id.ts'
import { fillDemo } from '#server/demo/fill.ts'
import { createMailbox } from '#server/demo/mailbox.ts'
import type { HouseLimits } from '#server/house.ts'
import { createLog } from '#server/log.ts'
import { run, type Running } from '#server/run.ts'
import { createUser, type User } from './user.ts'

/** D0 of the demo world. */
export const demoDay = '2026-11-23'
export const demoNow = '2026-11-23T08:00:00Z'

export interface TestHouse extends Running {
  readonly url: string
  readonly clock: Clock
  readonly dataDir: string
  /** Everything that was logged. */
  readonly logged: () => string
  /** Signs in through the front door, with the code from the mailbox. */
  readonly signIn: (key: string) => Promise<User>
  /** Stops and starts again on the same data. */
  readonly restart: () => Promise<TestHouse>
  readonly end: () => Promise<void>
}

export interface TestHouseOptions {
  readonly now?: string
  readonly clock?: Clock
  readonly dataDir?: string
  readonly fill?: typeof fillDemo
  readonly limits?: Partial<HouseLimits>
}

/** A whole server on a free port of the loopback, on real SQLite in a folder of its own, with the demo world in it. */
export async function startHouse(options: TestHouseOptions = {}): Promise<TestHouse> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'handslag-'))
  const clock = options.clock ?? demoClock(options.now ?? demoNow)
  const lines: string[] = []
  const sink = new PassThrough()
  sink.on('data', (chunk: Buffer) => lines.push(chunk.toString('utf8')))
  const log = createLog('debug', sink)
  const mailbox = createMailbox({ now: clock.now })
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir }, { demo: true })
  const fill = options.fill ?? fillDemo
  const running = await run({
    config,
    clock,
    log,
    mailer: mailbox,
    routes: [mailbox.routes],
    limits: { commands: { perMinute: 1_000_000, burst: 1_000_000 }, ...options.limits },
    prepare: (house, store) => fill(house, store, clock),
  })
  const url = running.listening.address.url
  return {
    ...running,
    url,
    clock,
    dataDir,
    logged: () => lines.join(''),
    signIn: (key) => createUser(url, key),
    async restart() {
      await running.stop()
      return startHouse({ ...options, dataDir })
    },
    async end() {
      await running.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Id of a party of the demo world by its key in world.json. */
export const party = demoId
