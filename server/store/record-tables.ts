import type { Database, Statement } from 'better-sqlite3'
import type { Facts } from '#shared/kernel/facts.ts'
import { columns, guards, type Column, type RecordKind, type Records } from '#shared/records.ts'

type AnyRecord = Records[RecordKind]

/** Records kept parsed in memory; one process owns the file, so they cannot go stale. */
const cachedRecords = 200_000
/** Ids known not to be there. */
const knownAbsent = 10_000
/** Answers of `find` kept, counted by the records in them. */
const cachedFinds = 500_000
/** An answer up to this long is kept right when a record is put; a longer one is asked for anew. */
const mendedFind = 64

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
  readonly get: Statement<[string], string>
  readonly find: Readonly<Record<string, Statement<[string], string>>>
  readonly put: Statement
  readonly columnNames: readonly string[]
  readonly columnValues: readonly ((record: AnyRecord) => string | null)[]
  readonly guardValues: readonly ((record: AnyRecord) => string | number | null)[]
}

export function createRecordTables(db: Database): RecordTables {
  const tables = Object.fromEntries(
    (Object.keys(columns) as RecordKind[]).map((kind) => [kind, prepareTable(db, kind)]),
  ) as Record<RecordKind, Table>
  const cache = new Map<string, AnyRecord>()
  /** What `find` answered, by kind, column and key; a record that is put takes every answer it stands in with it. */
  const finds = new Map<string, readonly AnyRecord[]>()
  let findsSize = 0
  /** Asked for and not there: a new id is looked for more than once before it is put. */
  const absent = new Set<string>()
  /** What was put, and what stood there before. */
  let putSinceMark: (readonly [kind: RecordKind, after: AnyRecord, before: AnyRecord | undefined])[] = []

  function get<K extends RecordKind>(kind: K, id: string): Records[K] | undefined {
    const key = `${kind}:${id}`
    const cached = cache.get(key)
    if (cached !== undefined) return cached as Records[K]
    if (absent.has(key)) return undefined
    const text = tables[kind].get.get(id)
    if (text !== undefined) return remember(key, JSON.parse(text) as Records[K])
    if (absent.size >= knownAbsent) absent.clear()
    absent.add(key)
    return undefined
  }

  function remember<R extends AnyRecord>(key: string, record: R): R {
    if (cache.size >= cachedRecords) {
      for (const oldest of cache.keys()) {
        cache.delete(oldest)
        if (cache.size < cachedRecords * 0.9) break
      }
    }
    cache.set(key, record)
    return record
  }

  function find<K extends RecordKind>(kind: K, column: Column<K>, key: string): readonly Records[K][] {
    const name = `${kind}.${column}:${key}`
    const known = finds.get(name)
    if (known !== undefined) return known as readonly Records[K][]
    const found: Records[K][] = []
    // Sorted here: the order of JavaScript is also the one `mendFinds` and the rules compare by, and SQLite's sorter costs more.
    for (const id of tables[kind].find[column]?.all(key).sort() ?? []) {
      const record = get(kind, id)
      if (record !== undefined) found.push(record)
    }
    if (findsSize > cachedFinds) {
      finds.clear()
      findsSize = 0
    }
    finds.set(name, found)
    findsSize += found.length + 1
    return found
  }

  /** After a put: out of the answers it stood in, into those it stands in, in the order of ids. */
  function mendFinds(kind: RecordKind, before: AnyRecord | undefined, after: AnyRecord): void {
    const { columnNames, columnValues } = tables[kind]
    for (let n = 0; n < columnValues.length; n += 1) {
      const was = before === undefined ? null : (columnValues[n]?.(before) ?? null)
      const is = columnValues[n]?.(after) ?? null
      const prefix = `${kind}.${columnNames[n] ?? ''}:`
      if (was !== null && was !== is) finds.delete(prefix + was)
      if (is === null) continue
      const known = finds.get(prefix + is)
      if (known === undefined) continue
      if (known.length > mendedFind) finds.delete(prefix + is)
      else finds.set(prefix + is, withRecord(known, after))
    }
  }

  function forgetFinds(kind: RecordKind, record: AnyRecord): void {
    const { columnNames, columnValues } = tables[kind]
    for (const [n, valueOf] of columnValues.entries()) {
      const key = valueOf(record)
      if (key !== null) finds.delete(`${kind}.${columnNames[n] ?? ''}:${key}`)
    }
  }

  return {
    facts: { complete: true, get, find },
    put(kind, record) {
      const table = tables[kind]
      const key = `${kind}:${record.id}`
      const before = cache.get(key) ?? (record.rev > 1 ? get(kind, record.id) : undefined)
      const values: (string | number | null)[] = [record.id, record.rev]
      for (const valueOf of table.columnValues) values.push(valueOf(record))
      for (const valueOf of table.guardValues) values.push(valueOf(record))
      values.push(JSON.stringify(record))
      table.put.run(values)
      putSinceMark.push([kind, record, before])
      absent.delete(key)
      remember(key, record)
      mendFinds(kind, before, record)
    },
    mark() {
      if (putSinceMark.length > 0) putSinceMark = []
    },
    forgetSinceMark() {
      for (const [kind, after, before] of putSinceMark) {
        cache.delete(`${kind}:${after.id}`)
        forgetFinds(kind, after)
        // Asked between the put and its undoing, the old place answered without the record.
        if (before !== undefined) forgetFinds(kind, before)
      }
      putSinceMark = []
    },
    forgetAll() {
      cache.clear()
      finds.clear()
      findsSize = 0
      putSinceMark = []
    },
  }
}

/** A new list: whoever holds the old one goes on seeing what it was given. */
function withRecord(list: readonly AnyRecord[], record: AnyRecord): readonly AnyRecord[] {
  const place = list.findIndex((one) => one.id >= record.id)
  if (place < 0) return [...list, record]
  return list.toSpliced(place, list[place]?.id === record.id ? 1 : 0, record)
}

function prepareTable(db: Database, kind: RecordKind): Table {
  const valueOf = columns[kind] as Readonly<Record<string, (record: never) => string | null>>
  const names = Object.keys(valueOf)
  const guardOf: Readonly<Record<string, (record: never) => string | number | null>> =
    (guards as Partial<Record<RecordKind, (typeof guards)['bond']>>)[kind] ?? {}
  const all = ['id', 'rev', ...names, ...Object.keys(guardOf), 'record']
  return {
    get: db.prepare<[string], string>(`SELECT record FROM ${kind} WHERE id = ?`).pluck(),
    find: Object.fromEntries(
      names.map((name) => [
        name,
        db.prepare<[string], string>(`SELECT id FROM ${kind} WHERE ${name} = ?`).pluck(),
      ]),
    ),
    put: db.prepare(
      `INSERT INTO ${kind} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
       ON CONFLICT (id) DO UPDATE SET ${all
         .slice(1)
         .map((name) => `${name} = excluded.${name}`)
         .join(', ')}`,
    ),
    columnNames: names,
    columnValues: names.map((name) => valueOf[name] as (record: AnyRecord) => string | null),
    guardValues: Object.values(guardOf) as ((record: AnyRecord) => string | number | null)[],
  }
}
