import { Dexie, type EntityTable } from 'dexie'
import { v4 as randomUuid } from 'uuid'
import type {
  DocumentMark,
  RoleViews,
  StoredCommand,
  StoredDocument,
  StoredHead,
  StoredSnapshot,
} from './stored-types.ts'

/** What a browser keeps for one account. Everything but the outbox can be fetched again. */
export interface DeviceStore {
  readonly account: string
  readonly device: string
  /** The tables, for the files of this folder only. */
  readonly tables: Tables
  /** Runs a read or a write; reopens once when the browser has lost its connection; refuses after `close`. */
  readonly run: <T>(work: (tables: Tables) => Promise<T>) => Promise<T>
  /** A value of `meta` as it was when the store was opened. */
  readonly atOpening: (key: string) => unknown
  readonly getMeta: (key: string) => Promise<unknown>
  readonly setMeta: (key: string, value: unknown) => Promise<void>
  readonly close: () => void
}

export interface Tables extends Dexie {
  readonly documents: EntityTable<StoredDocument, 'name'>
  /** The documents without their bytes: a handshake reads names and numbers, not megabytes. */
  readonly marks: EntityTable<DocumentMark, 'name'>
  readonly snapshots: EntityTable<StoredSnapshot, 'name'>
  readonly heads: EntityTable<StoredHead, 'name'>
  readonly roleViews: EntityTable<RoleViews, 'party'>
  readonly outbox: EntityTable<StoredCommand, 'seq'>
  readonly meta: EntityTable<{ key: string; value: unknown }, 'key'>
}

export interface StoreDeps {
  readonly indexedDB: IDBFactory
  readonly IDBKeyRange: typeof IDBKeyRange
}

/** The store is closed: the account was left while something was still on its way. Nothing was written. */
export class StoreClosedFault extends Error {
  override readonly name = 'StoreClosedFault'
}

export function databaseName(account: string): string {
  return `handslag-${account}`
}

/** One database per account, so that two accounts on one browser cannot mix. */
export async function openDeviceStore(account: string, deps: StoreDeps): Promise<DeviceStore> {
  const tables = new Dexie(databaseName(account), {
    indexedDB: deps.indexedDB,
    IDBKeyRange: deps.IDBKeyRange,
    // The outbox cannot be fetched again: "saved" must mean on disk, not in a buffer.
    chromeTransactionDurability: 'strict',
    autoOpen: false,
    // Dexie's cache is by database name, for the whole process; what is read here must be what is on this disk.
    cache: 'disabled',
  }) as Tables
  tables.version(1).stores({
    documents: 'name',
    marks: 'name',
    snapshots: 'name',
    heads: 'name',
    roleViews: 'party',
    outbox: 'seq, &command.id',
    meta: 'key',
  })
  let closed = false
  function close(): void {
    closed = true
    tables.close({ disableAutoOpen: true })
  }
  // Another tab erases the account. Opening again here would bring an erased database back to life.
  tables.on('versionchange', close)
  await tables.open()

  async function run<T>(work: (tables: Tables) => Promise<T>): Promise<T> {
    if (closed) throw new StoreClosedFault(account)
    try {
      return await work(tables)
    } catch (fault) {
      // WebKit drops the connection of a page that has slept ("Connection to Indexed Database server lost").
      if (closed) throw new StoreClosedFault(account, { cause: fault })
      if (!isClosedByBrowser(fault)) throw fault
      tables.close({ disableAutoOpen: true })
      await tables.open()
      return work(tables)
    }
  }

  // All of it in one reading: each costs a turn on the way to the first drawing.
  const opening = new Map((await tables.meta.toArray()).map(({ key, value }) => [key, value]))
  const known = opening.get('device')
  const device = typeof known === 'string' ? known : await nameDevice(tables)

  return {
    account,
    device,
    tables,
    run,
    atOpening: (key) => opening.get(key),
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
