import type { Change } from '#shared/changes.ts'
import { touchedBy } from '#shared/documents/touched.ts'
import { entryOf, keysOf } from '#shared/documents/views.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import type { Day } from '#shared/kernel/time.ts'
import type { MemoryFacts } from '../memory-facts.ts'

/** What a document holds, by key, as the JSON that stands in it. */
export type Held = ReadonlyMap<string, string>

/** A document made from the tables alone. */
export function rebuilt(document: string, facts: Facts, day: Day): Held {
  const held = new Map<string, string>()
  for (const key of keysOf(document, facts)) {
    const entry = entryOf(document, key, facts, day)
    if (entry !== undefined) held.set(key, JSON.stringify(entry))
  }
  return held
}

/** Applies the changes, and collects which places of which documents they touch. */
export function applyTouching(
  changes: readonly Change[],
  facts: MemoryFacts,
  touched: Map<string, Set<string>>,
): void {
  for (const change of changes) {
    const before = facts.get(change.kind, change.id)
    const after = facts.apply(change)
    touchedBy(change.kind, before, after, facts, (document, key) => {
      const keys = touched.get(document) ?? new Set()
      touched.set(document, keys.add(key))
    })
  }
}

/** Every document there can be of the facts' parties. */
export function allDocuments(facts: MemoryFacts): readonly string[] {
  return [
    ...facts.all('account').map((account) => `me/${account.id}`),
    ...facts
      .all('organisation')
      .flatMap(({ id }) => ['base', 'contacts', 'payers'].map((view) => `org/${id}/${view}`)),
  ]
}

export function byKey([one]: readonly [string, string], [other]: readonly [string, string]): number {
  return one < other ? -1 : 1
}
