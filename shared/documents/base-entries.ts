import { sideOf, type Bond } from '../bonds/model.ts'
import { isSeenThrough } from '../bonds/relations.ts'
import type { Facts } from '../kernel/facts.ts'
import { organisationCard } from './cards.ts'
import type { MembershipEntry, OrganisationEntry } from './entries.ts'

/** org/<id>/base: Översikt. No other person's data but the contact person's own. */
export function organisationEntry(id: string, facts: Facts): OrganisationEntry | undefined {
  const organisation = facts.get('organisation', id)
  if (organisation === undefined) return undefined
  const { rev, name, regNo, kind, tier, address, agreement, submitted, contactPerson } = organisation
  const person = contactPerson === null ? undefined : facts.get('person', contactPerson)
  const contact =
    person === undefined
      ? null
      : { name: person.name, email: organisation.contactEmail, phone: organisation.contactPhone }
  return {
    kind: 'organisation',
    id,
    rev,
    name,
    regNo,
    organisationKind: kind,
    tier,
    address,
    contact,
    agreement,
    submitted,
  }
}

export function membershipEntry(organisation: string, id: string, facts: Facts): MembershipEntry | undefined {
  const bond = facts.get('bond', id)
  if (bond === undefined || bond.type !== 'org_membership') return undefined
  const side = sideOf(bond, organisation)
  if (side === undefined || !shows(bond, side)) return undefined
  const other = organisationCard(side === 'a' ? bond.b : bond.a, facts)
  // A broker organisation is told how many it takes on when a company asks; before that it learns nothing (IS-35).
  const asked = side === 'b' && bond.state === 'proposed' && bond.proposedBy === 'a'
  return { kind: 'membership', id, rev: bond.rev, bond, other, persons: asked ? personsOf(bond.a, facts) : 0 }
}

/** What has been taken back or is over leaves; a no is shown to who asked (settled question 4). */
function shows(bond: Bond, side: 'a' | 'b'): boolean {
  if (bond.state === 'withdrawn' || bond.state === 'ended') return false
  return bond.state === 'declined' || bond.state === 'expired' ? bond.proposedBy === side : true
}

function personsOf(company: string, facts: Facts): number {
  const persons = new Set<string>()
  for (const bond of facts.find('bond', 'b', company)) if (isSeenThrough(bond)) persons.add(bond.a)
  return persons.size
}
