import { join } from 'node:path'
import type { Hono } from 'hono'
import { acquireDataDir, databaseFile } from './backup/data-dir.ts'
import type { Clock } from './clock.ts'
import { ConfigProblems, type Config } from './config.ts'
import { createServerHouse, type HouseLimits, type ServerHouse } from './house.ts'
import { ownAddress, type OwnAddress } from './http/own-address.ts'
import { staticFiles } from './http/static-files.ts'
import { listen, type Listening } from './listen.ts'
import type { Log } from './log.ts'
import type { Mailer } from './mail/mailer.ts'
import { sessionMigration } from './sessions/session-tables.ts'
import { openStore, type OpenStore } from './store/open-store.ts'

export interface RunOptions {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
  readonly mailer: Mailer
  readonly routes?: readonly Hono[]
  readonly limits?: Partial<HouseLimits>
  /** Fills an empty store before the port opens. */
  readonly prepare?: (house: ServerHouse, store: OpenStore) => Promise<void>
}

export interface Running {
  readonly house: ServerHouse
  readonly store: OpenStore
  readonly listening: Listening
  readonly stop: () => Promise<void>
}

/** Starts everything: the data folder's lock, the store, the house, the port. */
export async function run(options: RunOptions): Promise<Running> {
  const { config, clock, log, mailer } = options
  const lock = acquireDataDir(config.dataDir)
  const store = openStore(databaseFile(config.dataDir), {
    migrations: [{ name: '002-sessions', sql: sessionMigration }],
    fatal: (fault) => {
      log.fault('the disk failed', fault)
      process.exit(1)
    },
  })
  let address: OwnAddress = ownAddress(config, config.port)
  const house = createServerHouse({
    config,
    store,
    clock,
    log,
    mailer,
    address: () => address,
    routes: [...(options.routes ?? []), staticFiles(join(import.meta.dirname, '..', 'dist'))],
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  })
  await options.prepare?.(house, store)
  const listening = await listen(house, config)
  address = listening.address
  return {
    house,
    store,
    listening,
    async stop() {
      const closed = listening.close()
      await house.stop()
      await closed
      await store.close()
      lock.release()
    },
  }
}

/** SIGTERM or SIGINT: no new work, what runs is finished, exit 0. A second signal does not wait. */
export function stopOnSignal(running: Running, log: Log): void {
  let stopping = false
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1)
    stopping = true
    log.info('stopping', { signal })
    setTimeout(() => process.exit(0), 4500).unref()
    running.stop().then(
      () => process.exit(0),
      (fault: unknown) => {
        log.fault('stopping failed', fault)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** Every problem of the configuration at once, in words; anything else is a fault. */
export function explainStartFailure(fault: unknown): string {
  if (fault instanceof ConfigProblems) return fault.message
  const { code, port } = fault as { code?: unknown; port?: unknown }
  if (code === 'EADDRINUSE')
    return `The port ${String(port)} is taken. Set PORT to another, or to 0 for any free one.`
  return fault instanceof Error ? fault.message : String(fault)
}
