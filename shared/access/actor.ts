import type { Facts } from '../kernel/facts.ts'
import type { OrganisationKind, StaffRole, Tier } from '../parties/model.ts'
import { personRights, rightsOfTier, type Right } from './rights.ts'

/** What an account may act as: the person itself, or an organisation it works for. */
export interface Role {
  /** Id of the party acted for. */
  readonly party: string
  readonly name: string
  readonly kind: 'person' | OrganisationKind
  readonly tier: Tier | null
  readonly rights: readonly Right[]
}

/** Who speaks, made by the deciding side from the session; a command never says it. */
export interface Actor {
  /** Null for the house itself: the daily round, the demo's history. */
  readonly account: string | null
  readonly person: string | null
  readonly role: Role
}

export const systemActor: Actor = {
  account: null,
  person: null,
  role: { party: 'system', name: 'system', kind: 'register_operator', tier: null, rights: [] },
}

export function isSystem(actor: Actor): boolean {
  return actor.role.party === 'system' && actor.account === null
}

export function hasRight(actor: Actor, right: Right): boolean {
  return actor.role.rights.includes(right)
}

/** Every role of an account, the person's own last. Empty for an unknown or closed account. */
export function rolesOf(account: string, facts: Facts): readonly Role[] {
  const record = facts.get('account', account)
  if (record === undefined || record.state !== 'active') return []
  const roles: Role[] = []
  for (const staffRole of facts.find('staffRole', 'account', account)) {
    const role = roleFrom(staffRole, facts)
    if (role !== undefined) roles.push(role)
  }
  const own = ownRole(record.person, facts)
  if (own !== undefined) roles.push(own)
  return roles
}

/** The actor for an account speaking for a party, or undefined when it may not. */
export function actorFor(account: string, party: string, facts: Facts): Actor | undefined {
  const record = facts.get('account', account)
  if (record === undefined || record.state !== 'active') return undefined
  // As `rolesOf`, without making the roles nobody asked for: this runs for every command.
  for (const staffRole of facts.find('staffRole', 'account', account)) {
    const role = staffRole.party === party ? roleFrom(staffRole, facts) : undefined
    if (role !== undefined) return { account, person: record.person, role }
  }
  const role = record.person === party ? ownRole(party, facts) : undefined
  return role === undefined ? undefined : { account, person: record.person, role }
}

function roleFrom(staffRole: StaffRole, facts: Facts): Role | undefined {
  if (staffRole.state !== 'active') return undefined
  const organisation = facts.get('organisation', staffRole.party)
  if (organisation === undefined) return undefined
  const rights: Right[] = [...rightsOfTier(organisation.tier)]
  if (staffRole.administrator) rights.push('staff.administer')
  if (organisation.kind === 'register_operator') rights.push('bond.freeze')
  const { id, name, kind, tier } = organisation
  return { party: id, name, kind, tier, rights }
}

function ownRole(person: string, facts: Facts): Role | undefined {
  const record = facts.get('person', person)
  if (record === undefined) return undefined
  return { party: record.id, name: record.name, kind: 'person', tier: null, rights: personRights }
}
