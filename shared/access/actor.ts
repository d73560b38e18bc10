import type { Facts } from '../kernel/facts.ts'
import type { OrganisationKind, Tier } from '../parties/model.ts'
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
    if (staffRole.state !== 'active') continue
    const organisation = facts.get('organisation', staffRole.party)
    if (organisation === undefined) continue
    const rights: Right[] = [...rightsOfTier(organisation.tier)]
    if (staffRole.administrator) rights.push('staff.administer')
    if (organisation.kind === 'register_operator') rights.push('bond.freeze')
    const { id, name, kind, tier } = organisation
    roles.push({ party: id, name, kind, tier, rights })
  }
  const person = facts.get('person', record.person)
  if (person !== undefined) {
    roles.push({ party: person.id, name: person.name, kind: 'person', tier: null, rights: personRights })
  }
  return roles
}

/** The actor for an account speaking for a party, or undefined when it may not. */
export function actorFor(account: string, party: string, facts: Facts): Actor | undefined {
  const role = rolesOf(account, facts).find((candidate) => candidate.party === party)
  const record = facts.get('account', account)
  return role === undefined || record === undefined ? undefined : { account, person: record.person, role }
}
