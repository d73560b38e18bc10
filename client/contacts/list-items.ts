import { asksOf, waitsFor } from '#shared/bonds/asked.ts'
import { isOpen } from '#shared/bonds/model.ts'
import type { ContactEntry, Entry, MembershipEntry, ViaEntry } from '#shared/documents/entries.ts'
import type { PersonEntry } from './contact-row.ts'
import type { Hits } from './row-search.ts'

/** One line of the list: a person, or the member company under which persons stand. */
export type ListItem = PersonEntry | MembershipEntry

export interface ContactLists {
  /** People in the list: confirmed, and those asked who have not answered. */
  readonly people: readonly PersonEntry[]
  /** People who say that they belong here and wait for an answer. */
  readonly asks: readonly ContactEntry[]
  readonly companies: readonly MembershipEntry[]
  /** Nobody stands under a company: then the list is its people and nothing else. */
  readonly plain: boolean
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
  let vias = 0
  for (const row of contacts) {
    if (row.kind === 'via') {
      people.push(row)
      vias += 1
    } else if (row.kind === 'contact' && isOpen(row.bond)) {
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
  return { people, asks, companies, plain: vias === 0 && companies.length === 0, awaiting }
}

/** Own people first, then each member company with its people, in the order given. */
export function listItems(
  people: Hits<PersonEntry>,
  companies: readonly MembershipEntry[],
  options: { readonly onlyAwaiting: boolean; readonly searching: boolean; readonly party: string },
): readonly ListItem[] {
  const own: ListItem[] = []
  const byCompany = new Map<string, ViaEntry[]>()
  for (let place = 0; place < people.length; place += 1) {
    const entry = people.at(place)
    if (entry === undefined) continue
    if (options.onlyAwaiting && !waitsFor(entry.bond, options.party)) continue
    if (entry.kind === 'contact') own.push(entry)
    else pushTo(byCompany, entry)
  }
  const items = own
  const sorted = [...companies].sort((one, other) => one.other.name.localeCompare(other.other.name))
  for (const entry of sorted) {
    if (options.onlyAwaiting && !waitsFor(entry.bond, options.party)) continue
    const under = byCompany.get(entry.bond.a) ?? []
    byCompany.delete(entry.bond.a)
    if (options.searching && under.length === 0) continue
    items.push(entry)
    for (const item of under) items.push(item)
  }
  // People whose company has not arrived yet are still shown.
  for (const under of byCompany.values()) for (const item of under) items.push(item)
  return items
}

function pushTo(byCompany: Map<string, ViaEntry[]>, entry: ViaEntry): void {
  const list = byCompany.get(entry.company.id)
  if (list === undefined) byCompany.set(entry.company.id, [entry])
  else list.push(entry)
}
