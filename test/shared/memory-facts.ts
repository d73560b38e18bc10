import { evolve, type Change } from '#shared/changes.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import { columns, type Column, type RecordKind, type Records } from '#shared/records.ts'

export type RecordsByKind = { readonly [K in RecordKind]?: readonly Records[K][] }

/** Facts over maps: what the store answers, without a store. */
export interface MemoryFacts extends Facts {
  /** The record after the change, kept. */
  apply(change: Change): Records[RecordKind]
  put<K extends RecordKind>(kind: K, record: Records[K]): void
  /** Every record of a kind, in the order of ids. */
  all<K extends RecordKind>(kind: K): readonly Records[K][]
}

export function memoryFacts(
  records: RecordsByKind = {},
  { complete = true }: { complete?: boolean } = {},
): MemoryFacts {
  const tables = new Map<string, Map<string, Records[RecordKind]>>()
  /** `kind column key` → ids. */
  const index = new Map<string, Set<string>>()

  const tableOf = (kind: RecordKind) => {
    const table = tables.get(kind) ?? new Map<string, Records[RecordKind]>()
    tables.set(kind, table)
    return table
  }
  const keysOf = (kind: RecordKind, record: Records[RecordKind]): string[] =>
    Object.entries(columns[kind]).flatMap(([column, fill]) => {
      const key = (fill as (record: Records[RecordKind]) => string | null)(record)
      return key === null ? [] : [`${kind} ${column} ${key}`]
    })
  const put = (kind: RecordKind, record: Records[RecordKind]): void => {
    const before = tableOf(kind).get(record.id)
    if (before !== undefined) for (const key of keysOf(kind, before)) index.get(key)?.delete(record.id)
    tableOf(kind).set(record.id, record)
    for (const key of keysOf(kind, record)) {
      const ids = index.get(key) ?? new Set()
      index.set(key, ids.add(record.id))
    }
  }
  const get = <K extends RecordKind>(kind: K, id: string): Records[K] | undefined =>
    tableOf(kind).get(id) as Records[K] | undefined
  const inOrder = <K extends RecordKind>(kind: K, ids: Iterable<string>): readonly Records[K][] =>
    [...ids].sort().flatMap((id) => get(kind, id) ?? [])

  for (const [kind, list] of Object.entries(records)) {
    for (const record of list) put(kind as RecordKind, record)
  }
  return {
    complete,
    get,
    find: <K extends RecordKind>(kind: K, column: Column<K>, key: string) =>
      inOrder(kind, index.get(`${kind} ${column} ${key}`) ?? []),
    put,
    apply(change) {
      const record = evolve(get(change.kind, change.id), change)
      put(change.kind, record)
      return record
    },
    all: (kind) => inOrder(kind, tableOf(kind).keys()),
  }
}
