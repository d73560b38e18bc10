import type { Database, Statement } from 'better-sqlite3'
import type { Facts } from '#shared/kernel/facts.ts'
import { columns, type Column, type RecordKind, type Records } from '#shared/records.ts'

type AnyRecord = Records[RecordKind]

/** Records kept parsed in memory; one process owns the file, so they cannot go stale. */
const cachedRecords = 200_000

export interface RecordTables {
  readonly facts: Facts
  /** Inside a write only. */
  readonly put: (kind: RecordKind, record: AnyRecord) => void
  /** What was put since the last mark is forgotten from memory: its savepoint was rolled back. */
  readonly forgetSinceMark: () => void
  readonly mark: () => void
  readonly forgetAll: () => void
}

interface Table {
  readonly get: Statement<[string], { record: string }>
  readonly find: Readonly<Record<string, Statement<[string], { id: string }>>>
  readonly put: Statement
  readonly columnValues: readonly ((record: AnyRecord) => string | null)[]
}

export function createRecordTables(db: Database): RecordTables {
  const tables = Object.fromEntries(
    (Object.keys(columns) as RecordKind[]).map((kind) => [kind, prepareTable(db, kind)]),
  ) as Record<RecordKind, Table>
  const cache = new Map<string, AnyRecord>()
  let putSinceMark: string[] = []

  function get<K extends RecordKind>(kind: K, id: string): Records[K] | undefined {
    const key = `${kind}:${id}`
    const cached = cache.get(key)
    if (cached !== undefined) return cached as Records[K]
    const row = tables[kind].get.get(id)
    if (row === undefined) return undefined
    const record = JSON.parse(row.record) as Records[K]
    remember(key, record)
    return record
  }

  function remember(key: string, record: AnyRecord): void {
    if (cache.size >= cachedRecords) {
      for (const oldest of cache.keys()) {
        cache.delete(oldest)
        if (cache.size < cachedRecords * 0.9) break
      }
    }
    cache.set(key, record)
  }

  function find<K extends RecordKind>(kind: K, column: Column<K>, key: string): readonly Records[K][] {
    const found: Records[K][] = []
    for (const { id } of tables[kind].find[column]?.all(key) ?? []) {
      const record = get(kind, id)
      if (record !== undefined) found.push(record)
    }
    return found
  }

  return {
    facts: { complete: true, get, find },
    put(kind, record) {
      const table = tables[kind]
      const values = table.columnValues.map((valueOf) => valueOf(record))
      table.put.run(record.id, record.rev, ...values, JSON.stringify(record))
      const key = `${kind}:${record.id}`
      putSinceMark.push(key)
      remember(key, record)
    },
    mark() {
      putSinceMark = []
    },
    forgetSinceMark() {
      for (const key of putSinceMark) cache.delete(key)
      putSinceMark = []
    },
    forgetAll() {
      cache.clear()
      putSinceMark = []
    },
  }
}

function prepareTable(db: Database, kind: RecordKind): Table {
  const valueOf = columns[kind] as Readonly<Record<string, (record: never) => string | null>>
  const names = Object.keys(valueOf)
  const all = ['id', 'rev', ...names, 'record']
  return {
    get: db.prepare(`SELECT record FROM ${kind} WHERE id = ?`),
    find: Object.fromEntries(
      names.map((name) => [name, db.prepare(`SELECT id FROM ${kind} WHERE ${name} = ? ORDER BY id`)]),
    ),
    put: db.prepare(
      `INSERT INTO ${kind} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
       ON CONFLICT (id) DO UPDATE SET ${all
         .slice(1)
         .map((name) => `${name} = excluded.${name}`)
         .join(', ')}`,
    ),
    columnValues: names.map((name) => valueOf[name] as (record: AnyRecord) => string | null),
  }
}
