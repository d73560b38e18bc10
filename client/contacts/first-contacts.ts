import type { Entry } from '#shared/documents/entries.ts'
import { nameOf, type PersonEntry } from './contact-row.ts'
import { sortKey } from './sort-key.ts'

/** More than any screen shows. */
const firstScreens = 60
const mostWaiting = 40

/**
 * The rows that stand first on Mina kontakter, in its order (own people by name, then company by company), and those that wait for
 * an answer, whose number is shown above the list. One pass over any number of rows.
 */
export function firstContacts(rows: readonly Entry[], locale: string): readonly Entry[] {
  const first: { readonly place: string; readonly entry: PersonEntry }[] = []
  const waiting: Entry[] = []
  for (const entry of rows) {
    if (entry.kind !== 'contact' && entry.kind !== 'via') continue
    if (entry.kind === 'contact' && entry.bond.state === 'proposed') {
      if (waiting.length < mostWaiting) waiting.push(entry)
      continue
    }
    const place = placeOf(entry, locale)
    const last = first.at(-1)
    if (first.length === firstScreens && last !== undefined && place >= last.place) continue
    insert(first, { place, entry })
    if (first.length > firstScreens) first.pop()
  }
  return [...first.map(({ entry }) => entry), ...waiting]
}

function placeOf(entry: PersonEntry, locale: string): string {
  const company = entry.kind === 'via' ? `1${sortKey(entry.company.name, locale)}` : '0'
  return `${company}\n${sortKey(nameOf(entry), locale)}`
}

function insert<T extends { readonly place: string }>(sorted: T[], one: T): void {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.place ?? '') < one.place) low = middle + 1
    else high = middle
  }
  sorted.splice(low, 0, one)
}
