import { seesThroughCompany } from '../access/visibility.ts'
import { isStanding, type Bond } from '../bonds/model.ts'
import { isRelation } from '../bonds/relations.ts'
import type { Facts } from '../kernel/facts.ts'
import type { Person } from '../parties/model.ts'
import { personCard } from './cards.ts'
import type { ContactEntry, PersonCard, ViaEntry } from './entries.ts'
import { seenByOthers } from './seen-by-others.ts'

/** org/<id>/contacts: one row for each relation of the organisation's own. */
export function contactEntry(organisation: string, id: string, facts: Facts): ContactEntry | undefined {
  const bond = facts.get('bond', id)
  if (bond === undefined || bond.b !== organisation || !isRelation(bond) || !shows(bond, facts))
    return undefined
  const person = facts.get('person', bond.a)
  if (person === undefined) return undefined
  // Until both have said yes a proposer sees what it typed and nothing else: not even by which id the person goes (X-2, B1).
  const unanswered = bond.proposedBy !== 'a' && !isStanding(bond) && bond.state !== 'frozen'
  return {
    kind: 'contact',
    id,
    rev: bond.rev,
    // Once both have said yes the card says it all; what was typed would only make every row longer.
    bond: unanswered ? { ...bond, a: '' } : { ...bond, typed: null },
    person: unanswered ? null : seenAs(person, bond),
  }
}

function seenAs(person: Person, bond: Bond): PersonCard {
  if (isStanding(bond)) return personCard(person)
  const { id, name, nationalId, protectedIdentity } = person
  // Who asks gives name and number by asking; of a frozen relation only the name is left, so that the row can be recognised.
  return {
    id,
    name,
    nationalId: bond.state === 'frozen' ? null : nationalId,
    contact: null,
    protectedIdentity,
  }
}

function shows(bond: Bond, facts: Facts): boolean {
  if (bond.state === 'withdrawn' || bond.state === 'ended') return false
  if (bond.state !== 'declined' && bond.state !== 'expired') return true
  return bond.proposedBy === 'b' && !isFollowed(bond, facts)
}

/** A newer bond of the same pair and type makes an old no uninteresting. */
function isFollowed(bond: Bond, facts: Facts): boolean {
  return facts
    .find('bond', 'a', bond.a)
    .some((other) => other.b === bond.b && other.type === bond.type && other.proposedAt > bond.proposedAt)
}

/** A person a broker organisation sees through a member company. */
export function viaEntry(organisation: string, id: string, facts: Facts): ViaEntry | undefined {
  const bond = facts.get('bond', id)
  if (
    bond === undefined ||
    bond.b === organisation ||
    !seesThroughCompany({ party: organisation }, bond, facts)
  ) {
    return undefined
  }
  const person = facts.get('person', bond.a)
  const company = facts.get('organisation', bond.b)
  if (person === undefined || company === undefined) return undefined
  return {
    kind: 'via',
    id,
    rev: bond.rev + person.rev + company.rev,
    bond: seenByOthers(bond),
    company: { id: company.id, name: company.name },
    person: personCard(person),
  }
}
