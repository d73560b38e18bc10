import { asksOf, waitsFor } from '#client/shell/asks.ts'
import { isOpen } from '#shared/bonds/model.ts'
import type { ContactEntry, Entry, MembershipEntry, ViaEntry } from '#shared/documents/entries.ts'
import type { PersonEntry } from './contact-row.ts'

/** One line of the list: a person, or the member company under which persons stand. */
export type ListItem =
  | { readonly kind: 'person'; readonly entry: PersonEntry }
  | { readonly kind: 'company'; readonly entry: MembershipEntry; readonly shown: number }

export interface ContactLists {
  /** People in the list: confirmed, and those asked who have not answered. */
  readonly people: readonly PersonEntry[]
  /** People who say that they belong here and wait for an answer. */
  readonly asks: readonly ContactEntry[]
  readonly companies: readonly MembershipEntry[]
  /** Requests of this party's own that wait for the other's answer (IS-64). */
  readonly awaiting: number
}

/** What stands where on Mina kontakter. Ended and answered-no relations have left the list (IS-74). */
export function contactLists(
  contacts: readonly Entry[],
  base: readonly Entry[],
  party: string,
): ContactLists {
  const people: PersonEntry[] = []
  const asks: ContactEntry[] = []
  let awaiting = 0
  for (const row of contacts) {
    if (row.kind === 'via') people.push(row)
    else if (row.kind === 'contact' && isOpen(row.bond)) {
      if (asksOf(row.bond, party)) asks.push(row)
      else people.push(row)
      if (waitsFor(row.bond, party)) awaiting += 1
    }
  }
  const companies: MembershipEntry[] = []
  for (const row of base) {
    if (row.kind !== 'membership' || row.bond.b !== party || !isOpen(row.bond) || asksOf(row.bond, party))
      continue
    companies.push(row)
    if (waitsFor(row.bond, party)) awaiting += 1
  }
  return { people, asks, companies, awaiting }
}

// A line of the same entry is the same object, so that what is drawn of it stays when the list around it changes.
const lines = new WeakMap<PersonEntry, ListItem>()

function lineOf(entry: PersonEntry): ListItem {
  let line = lines.get(entry)
  if (line === undefined) lines.set(entry, (line = { kind: 'person', entry }))
  return line
}

/** Own people first, then each member company with its people, in the order given. */
export function listItems(
  people: readonly PersonEntry[],
  companies: readonly MembershipEntry[],
  options: { readonly onlyAwaiting: boolean; readonly searching: boolean; readonly party: string },
): readonly ListItem[] {
  const own: ListItem[] = []
  const byCompany = new Map<string, ListItem[]>()
  for (const entry of people) {
    if (options.onlyAwaiting && !waitsFor(entry.bond, options.party)) continue
    if (entry.kind === 'contact') own.push(lineOf(entry))
    else pushTo(byCompany, entry)
  }
  const items = own
  const sorted = [...companies].sort((one, other) => one.other.name.localeCompare(other.other.name))
  for (const entry of sorted) {
    if (options.onlyAwaiting && !waitsFor(entry.bond, options.party)) continue
    const under = byCompany.get(entry.bond.a) ?? []
    byCompany.delete(entry.bond.a)
    if (options.searching && under.length === 0) continue
    items.push({ kind: 'company', entry, shown: under.length })
    for (const item of under) items.push(item)
  }
  // People whose company has not arrived yet are still shown.
  for (const under of byCompany.values()) for (const item of under) items.push(item)
  return items
}

function pushTo(byCompany: Map<string, ListItem[]>, entry: ViaEntry): void {
  const list = byCompany.get(entry.company.id)
  if (list === undefined) byCompany.set(entry.company.id, [lineOf(entry)])
  else list.push(lineOf(entry))
}
