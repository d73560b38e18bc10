import { contactOf } from '../access/visibility.ts'
import type { Facts } from '../kernel/facts.ts'
import type { Person } from '../parties/model.ts'
import type { OrganisationCard, PersonCard } from './entries.ts'

export function organisationCard(id: string, facts: Facts): OrganisationCard {
  const organisation = facts.get('organisation', id)
  if (organisation === undefined)
    return { id, name: '', regNo: null, kind: 'employer', tier: null, hasUser: false }
  const { name, regNo, kind, tier } = organisation
  const hasUser = facts.find('staffRole', 'party', id).some((role) => role.state === 'active')
  return { id, name, regNo, kind, tier, hasUser }
}

export function personCard(person: Person): PersonCard {
  const { id, name, nationalId, protectedIdentity } = person
  return { id, name, nationalId, contact: contactOf(person), protectedIdentity }
}

/** Names of parties, for texts; ids that are nobody's are left out. */
export function namesOf(parties: Iterable<string>, facts: Facts): Record<string, string> {
  const names: Record<string, string> = {}
  for (const party of parties) {
    const name = facts.get('organisation', party)?.name ?? facts.get('person', party)?.name
    if (name !== undefined) names[party] = name
  }
  return names
}
