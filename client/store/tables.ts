// The only file that knows Dexie. Loaded after the first paint: what is drawn first is read without it.
import { Dexie, type EntityTable, type Table } from 'dexie'
import type {
  DocumentMark,
  RoleViews,
  StoredCommand,
  StoredDocument,
  StoredHead,
  StoredSnapshot,
} from './stored-types.ts'

export interface Tables extends Dexie {
  readonly documents: EntityTable<StoredDocument, 'name'>
  /** The documents without their bytes: a handshake reads names and numbers, not megabytes. */
  readonly marks: EntityTable<DocumentMark, 'name'>
  readonly snapshots: Table<StoredSnapshot, [name: string, part: number]>
  readonly heads: EntityTable<StoredHead, 'name'>
  readonly roleViews: EntityTable<RoleViews, 'party'>
  readonly outbox: EntityTable<StoredCommand, 'seq'>
  readonly meta: EntityTable<{ key: string; value: unknown }, 'key'>
}

export interface TablesDeps {
  readonly indexedDB: IDBFactory
  readonly IDBKeyRange: typeof IDBKeyRange
}

/** What `first-reading.ts` reads must be known to it: a new version here is one there. */
export function declareTables(databaseName: string, deps: TablesDeps): Tables {
  const tables = new Dexie(databaseName, {
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
    snapshots: '[name+part], name',
    heads: 'name',
    roleViews: 'party',
    outbox: 'seq, &command.id',
    meta: 'key',
  })
  return tables
}
