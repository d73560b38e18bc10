import type { ContactEntry, Entry, ViaEntry } from '#shared/documents/entries.ts'
import { fold, searchDigits } from '#shared/identity/fold.ts'
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

/** Makes ready what sorting and searching ask of each row. */
export function prepareContacts(rows: readonly Entry[], locale: string): void {
  for (const row of rows) {
    if (row.kind !== 'contact' && row.kind !== 'via') continue
    keyOf(row, locale)
    foldedOf(row)
  }
}

/** The folded rows of a list, in step with it, so that a keystroke only scans strings. */
export function foldAll(entries: readonly PersonEntry[]): readonly string[] {
  return entries.map(foldedOf)
}

/** Whoever has the query anywhere in name or number, in the order given (IS-83). */
export function searchRows(
  entries: readonly PersonEntry[],
  texts: readonly string[],
  query: string,
): readonly PersonEntry[] {
  const words = fold(query.trim())
  if (words === '') return entries
  const digits = searchDigits(query)
  const found: PersonEntry[] = []
  for (let index = 0; index < texts.length; index += 1) {
    const text = texts[index] ?? ''
    if (text.includes(words) || (digits !== '' && text.includes(digits))) {
      const entry = entries[index]
      if (entry !== undefined) found.push(entry)
    }
  }
  return found
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
  const compare = (one: PersonEntry, other: PersonEntry) => {
    const a = keyOf(one, locale)
    const b = keyOf(other, locale)
    return a < b ? -1 : a > b ? 1 : one.id < other.id ? -1 : one.id > other.id ? 1 : 0
  }
  const now = new Set(entries)
  const kept = before.filter((entry) => now.has(entry))
  if (kept.length === 0) return [...entries].sort(compare)
  for (const entry of kept) now.delete(entry)
  const fresh = [...now].sort(compare)
  if (fresh.length === 0) return kept
  return merge(kept, fresh, compare)
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
