import { evolve, type Change } from '../changes.ts'
import { columns, type Column, type RecordKind, type Records } from '../records.ts'
import type { Facts } from './facts.ts'

/** The facts as they would be after these changes; for previews of what a yes would bring. Nothing is stored. */
export function factsAfter(facts: Facts, changes: readonly Change[]): Facts {
  const changed = new Map<string, { readonly kind: RecordKind; readonly record: Records[RecordKind] }>()
  for (const change of changes) {
    const key = `${change.kind}:${change.id}`
    const before = changed.get(key)?.record ?? facts.get(change.kind, change.id)
    changed.set(key, { kind: change.kind, record: evolve(before, change) })
  }
  return {
    complete: facts.complete,
    get<K extends RecordKind>(kind: K, id: string): Records[K] | undefined {
      const after = changed.get(`${kind}:${id}`)
      return after === undefined ? facts.get(kind, id) : (after.record as Records[K])
    },
    find<K extends RecordKind>(kind: K, column: Column<K>, key: string): readonly Records[K][] {
      const untouched = facts.find(kind, column, key).filter((record) => !changed.has(`${kind}:${record.id}`))
      const keyOf = columns[kind][column as keyof (typeof columns)[K]] as (
        record: Records[K],
      ) => string | null
      const added: Records[K][] = []
      for (const { kind: changedKind, record } of changed.values()) {
        if (changedKind === kind && keyOf(record as Records[K]) === key) added.push(record as Records[K])
      }
      return [...untouched, ...added].sort((one, other) => (one.id < other.id ? -1 : 1))
    },
  }
}
