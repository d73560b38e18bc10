import type { ContactEntry, Entry, ViaEntry } from '#shared/documents/entries.ts'
import { fold } from '#shared/identity/fold.ts'
import type { NationalId } from '#shared/identity/national-id.ts'
import { sortKey } from './sort-key.ts'

export type PersonEntry = ContactEntry | ViaEntry

/** The name as this viewer may know it: the person's own, or, before the yes, what was typed. */
export function nameOf(entry: PersonEntry): string {
  return entry.person?.name ?? entry.bond.typed?.name ?? ''
}

export function numberOf(entry: PersonEntry): NationalId | null {
  return entry.person?.nationalId ?? entry.bond.typed?.nationalId ?? null
}

// Entries are the same objects as long as nothing in them changed; so what is computed of one is computed once.
const folded = new WeakMap<PersonEntry, string>()
const keys = new WeakMap<PersonEntry, { readonly locale: string; readonly key: string }>()

/** Name and number folded for searching; a line break keeps them from running together. */
export function foldedOf(entry: PersonEntry): string {
  let text = folded.get(entry)
  if (text === undefined) {
    text = `${fold(nameOf(entry))}\n${numberOf(entry)?.value.replaceAll(/[-+]/g, '').toLowerCase() ?? ''}`
    folded.set(entry, text)
  }
  return text
}

function keyOf(entry: PersonEntry, locale: string): string {
  const known = keys.get(entry)
  if (known?.locale === locale) return known.key
  const key = sortKey(nameOf(entry), locale)
  keys.set(entry, { locale, key })
  return key
}

/**
 * Makes ready what sorting and searching ask of each row, and puts them in order: what is sorted part by part is sorted as a whole
 * in a fraction of the time.
 */
export function prepareContacts(rows: readonly Entry[], locale: string): readonly Entry[] {
  const people = rows.filter((row): row is PersonEntry => row.kind === 'contact' || row.kind === 'via')
  if (people.length === 0) return rows
  for (const entry of people) foldedOf(entry)
  const sorted = sortByName(people, locale)
  return people.length === rows.length
    ? sorted
    : [...sorted, ...rows.filter(({ kind }) => kind !== 'contact' && kind !== 'via')]
}

/**
 * Rows by name in the language's order, made from the order before: what stayed keeps its place and only newcomers are sorted in,
 * so a single change in a list of thousands costs one pass.
 */
export function orderRows(
  entries: readonly PersonEntry[],
  before: readonly PersonEntry[],
  locale: string,
): readonly PersonEntry[] {
  const now = new Set(entries)
  const kept = before.filter((entry) => now.has(entry))
  if (kept.length === 0) return sortByName(entries, locale)
  for (const entry of kept) now.delete(entry)
  const fresh = sortByName([...now], locale)
  if (fresh.length === 0) return kept
  return merge(kept, fresh, (one, other) => compareKeyed(keyed(one, locale), keyed(other, locale)))
}

interface Keyed {
  readonly key: string
  readonly entry: PersonEntry
}

function keyed(entry: PersonEntry, locale: string): Keyed {
  return { key: keyOf(entry, locale), entry }
}

function compareKeyed(one: Keyed, other: Keyed): number {
  if (one.key !== other.key) return one.key < other.key ? -1 : 1
  return one.entry.id < other.entry.id ? -1 : one.entry.id > other.entry.id ? 1 : 0
}

function sortByName(entries: readonly PersonEntry[], locale: string): readonly PersonEntry[] {
  return entries
    .map((entry) => keyed(entry, locale))
    .sort(compareKeyed)
    .map(({ entry }) => entry)
}

function merge(
  kept: readonly PersonEntry[],
  fresh: readonly PersonEntry[],
  compare: (one: PersonEntry, other: PersonEntry) => number,
): readonly PersonEntry[] {
  const merged: PersonEntry[] = []
  let next = 0
  for (const entry of kept) {
    for (
      let candidate = fresh[next];
      candidate !== undefined && compare(candidate, entry) < 0;
      candidate = fresh[next]
    ) {
      merged.push(candidate)
      next += 1
    }
    merged.push(entry)
  }
  for (const entry of fresh.slice(next)) merged.push(entry)
  return merged
}
