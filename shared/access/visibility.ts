import { isStanding, type Bond } from '../bonds/model.ts'
import { isRelation, isSeenThrough } from '../bonds/relations.ts'
import type { Facts } from '../kernel/facts.ts'
import type { Person } from '../parties/model.ts'
import { reachOf, type OrganisationRight } from './rights.ts'

/**
 * Who sees whom, as pure questions (model §2.3). A path gives data only while every bond on it stands; ending any of them
 * closes the path. SPEC V1–V7.
 */
export function seesOwn(organisation: string, person: string, facts: Facts): boolean {
  return facts
    .find('bond', 'a', person)
    .some((bond) => bond.b === organisation && isRelation(bond) && isStanding(bond))
}

/** The broker organisations a company belongs to, with both sides' yes. */
export function organisationsOf(company: string, facts: Facts): readonly string[] {
  return facts
    .find('bond', 'a', company)
    .filter((bond) => bond.type === 'org_membership' && isStanding(bond))
    .map((bond) => bond.b)
}

/** Through which relations an organisation sees a person in a member company; none if the identity is protected. */
export function pathsThroughCompanies(organisation: string, person: string, facts: Facts): readonly Bond[] {
  const record = facts.get('person', person)
  if (record === undefined || record.protectedIdentity) return []
  return facts
    .find('bond', 'a', person)
    .filter((bond) => isSeenThrough(bond) && organisationsOf(bond.b, facts).includes(organisation))
}

export function seesPerson(organisation: string, person: string, facts: Facts): boolean {
  if (seesOwn(organisation, person, facts)) return true
  const tier = facts.get('organisation', organisation)?.tier ?? null
  return (
    reachOf(tier, 'contacts.read') === 'under' &&
    pathsThroughCompanies(organisation, person, facts).length > 0
  )
}

/** Whether a right over a person's data reaches this person for this organisation today. */
export function mayOver(
  organisation: string,
  person: string,
  right: OrganisationRight,
  facts: Facts,
): boolean {
  const reach = reachOf(facts.get('organisation', organisation)?.tier ?? null, right)
  if (reach === 'no') return false
  if (seesOwn(organisation, person, facts)) return true
  return reach === 'under' && pathsThroughCompanies(organisation, person, facts).length > 0
}

/** This bond is not the actor's, but its organisation sees it through a member company (IS-78). */
export function seesThroughCompany(role: { readonly party: string }, bond: Bond, facts: Facts): boolean {
  const tier = facts.get('organisation', role.party)?.tier ?? null
  if (reachOf(tier, 'contacts.read') !== 'under' || !isSeenThrough(bond)) return false
  return pathsThroughCompanies(role.party, bond.a, facts).some((path) => path.id === bond.id)
}

/** Contact details leave the house only for people whose identity is not protected. */
export function contactOf(person: Person): Person['contact'] {
  return person.protectedIdentity ? null : person.contact
}
