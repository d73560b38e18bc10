import { v4 as randomUuid } from 'uuid'
import { openAsItIs, readFirst, type FirstReading } from './first-reading.ts'
import type { Tables, TablesDeps as StoreDeps } from './tables.ts'

/** What a browser keeps for one account. Everything but the outbox can be fetched again. */
export interface DeviceStore {
  readonly account: string
  readonly device: string
  /** What was stored when the store was opened: for the first drawing, before anything has been written. */
  readonly first: FirstReading
  /** Runs a read or a write; reopens once when the browser has lost its connection; refuses after `close`. */
  readonly run: <T>(work: (tables: Tables) => Promise<T>) => Promise<T>
  readonly getMeta: (key: string) => Promise<unknown>
  readonly setMeta: (key: string, value: unknown) => Promise<void>
  readonly close: () => void
}

export type { Tables, StoreDeps }

/** The store is closed: the account was left while something was still on its way. Nothing was written. */
export class StoreClosedFault extends Error {
  override readonly name = 'StoreClosedFault'
}

export function databaseName(account: string): string {
  return `handslag-${account}`
}

/** One database per account, so that two accounts on one browser cannot mix. */
export async function openDeviceStore(account: string, deps: StoreDeps): Promise<DeviceStore> {
  const connection = makeConnection(account, deps)
  const tables = await connection.open()
  const first = await readFirst(tables.backendDB(), { ...deps, account, party: null })
  return makeStore(account, connection, first)
}

/**
 * The store for a first drawing: what that needs is read at once, in one transaction, and Dexie is fetched and opened when
 * something more is asked. `party` is the one last acted for.
 */
export async function openStoreToDraw(
  account: string,
  party: string | null,
  deps: StoreDeps,
): Promise<DeviceStore> {
  const db = await openAsItIs(databaseName(account), deps.indexedDB)
  if (db === null) return openDeviceStore(account, deps)
  const later = makeConnection(account, deps)
  // Stands in for Dexie's connection until that is there: what is erased meanwhile must not be opened again.
  const close = () => {
    later.close()
    db.close()
  }
  db.addEventListener('versionchange', close)
  const open = () => later.open().finally(() => db.close())
  try {
    const first = await readFirst(db, { ...deps, account, party })
    return await makeStore(account, { ...later, open, close }, first)
  } catch (fault) {
    close()
    throw fault
  }
}

interface Connection {
  /** Opens it, once, and again when the browser has lost it. */
  readonly open: () => Promise<Tables>
  readonly isClosed: () => boolean
  readonly close: () => void
}

function makeConnection(account: string, deps: StoreDeps): Connection {
  let tables: Tables | undefined
  let closed = false
  function close(): void {
    closed = true
    tables?.close({ disableAutoOpen: true })
  }
  async function open(): Promise<Tables> {
    const { declareTables } = await import('./tables.ts')
    if (closed) throw new StoreClosedFault(account)
    if (tables === undefined) {
      tables = declareTables(databaseName(account), deps)
      // Another tab erases the account. Opening again here would bring an erased database back to life.
      tables.on('versionchange', close)
    }
    await tables.open()
    return tables
  }
  return { open, isClosed: () => closed, close }
}

async function makeStore(
  account: string,
  { open, isClosed, close }: Connection,
  first: FirstReading,
): Promise<DeviceStore> {
  let opened: Promise<Tables> | undefined

  function openOnce(): Promise<Tables> {
    opened ??= open().catch((fault: unknown) => {
      opened = undefined
      throw fault
    })
    return opened
  }

  async function run<T>(work: (tables: Tables) => Promise<T>): Promise<T> {
    if (isClosed()) throw new StoreClosedFault(account)
    let tables: Tables | undefined
    try {
      tables = await openOnce()
      return await work(tables)
    } catch (fault) {
      // WebKit drops the connection of a page that has slept ("Connection to Indexed Database server lost").
      if (isClosed()) throw new StoreClosedFault(account, { cause: fault })
      if (!isClosedByBrowser(fault)) throw fault
      tables?.close({ disableAutoOpen: true })
      opened = undefined
      return work(await openOnce())
    }
  }

  const known = first.meta.get('device')
  const device = typeof known === 'string' ? known : await run(nameDevice)
  return {
    account,
    device,
    run,
    first,
    getMeta: (key) => run(async ({ meta }) => (await meta.get(key))?.value),
    setMeta: async (key, value) => {
      await run(({ meta }) => meta.put({ key, value }))
    },
    close,
  }
}

/** Asked again inside the write: two tabs may open a new account at once, and a device has one name. */
async function nameDevice(tables: Tables): Promise<string> {
  return tables.transaction('rw', tables.meta, async () => {
    const known = (await tables.meta.get('device'))?.value
    if (typeof known === 'string') return known
    const made = randomUuid()
    await tables.meta.put({ key: 'device', value: made })
    return made
  })
}

function isClosedByBrowser(fault: unknown): boolean {
  const name = (fault as { name?: string } | null)?.name
  return (
    name === 'DatabaseClosedError' ||
    (name === 'UnknownError' && String(fault).includes('Indexed Database server'))
  )
}

/** The disk is full, said by the browser in one of several ways. */
export function isQuotaFault(fault: unknown): boolean {
  for (let cause = fault; cause !== null && typeof cause === 'object';) {
    const { name, inner } = cause as { name?: string; inner?: unknown }
    if (name === 'QuotaExceededError') return true
    cause = inner
  }
  return false
}
