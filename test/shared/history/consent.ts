import type { Actor } from '#shared/access/actor.ts'
import { evolveBond } from '#shared/bonds/evolve.ts'
import type { Bond } from '#shared/bonds/model.ts'
import { hasStandingRelation } from '#shared/bonds/relations.ts'
import type { Change } from '#shared/changes.ts'
import { factsAfter } from '#shared/kernel/facts-after.ts'
import type { Facts } from '#shared/kernel/facts.ts'

/**
 * What is wrong with the consent behind these changes, in words; empty when both sides' yes stands behind every bond they confirm.
 * Two ways to a yes need no button of the other side, and only these: an offer to pay where there is a relation (B26), and the
 * payment that follows from an employment both have said yes to (B23).
 */
export function withoutConsent(actor: Actor, changes: readonly Change[], facts: Facts): readonly string[] {
  const after = factsAfter(facts, changes)
  const wrong: string[] = []
  let now: ReadonlyMap<string, Bond> = new Map()
  for (const change of changes) {
    if (change.kind !== 'bond') continue
    const before = now.get(change.id) ?? facts.get('bond', change.id)
    const bond = evolveBond(before, change)
    now = new Map(now).set(change.id, bond)
    if (change.type === 'bondProposed' && change.follows === null) {
      if (partyOf(bond, change.by) !== actor.role.party) wrong.push(`${bond.type} asked in another's name`)
    }
    if (change.type === 'bondConfirmed' && before !== undefined && !agreed(actor, before, after)) {
      wrong.push(`${bond.type} confirmed by ${bond.proposedBy === 'a' ? 'a' : 'b'} alone`)
    }
    if (change.type === 'bondUnfrozen' && !actor.role.rights.includes('bond.freeze'))
      wrong.push('thawed by a party')
  }
  return wrong
}

function agreed(actor: Actor, asked: Bond, after: Facts): boolean {
  const other = partyOf(asked, asked.proposedBy === 'a' ? 'b' : 'a')
  if (other === actor.role.party && asked.proposedBy !== 'operator') return true
  if (asked.type !== 'billing' || asked.proposedBy !== 'b') return false
  if (asked.follows === null) return hasStandingRelation(asked.a, asked.b, after)
  const employment = after.get('bond', asked.follows)
  return employment?.state === 'confirmed' && employment.a === asked.a && employment.b === asked.b
}

function partyOf(bond: Bond, side: 'a' | 'b' | 'operator'): string {
  return side === 'a' ? bond.a : side === 'b' ? bond.b : 'operator'
}

const standing = (bond: Bond) => bond.state === 'confirmed' || bond.state === 'ending'
const relations = ['employed', 'tied_agent', 'tied_intermediary', 'sole_trader', 'other']

/** Who sees whom, said once more and as plainly as it can be said, over all bonds there are (model §2.3). */
export function seesByTheBook(
  organisation: string,
  person: string,
  bonds: readonly Bond[],
  facts: Facts,
): boolean {
  const stand = bonds.filter(standing)
  const own = stand.some(
    (bond) => bond.a === person && bond.b === organisation && [...relations, 'member'].includes(bond.type),
  )
  if (own) return true
  if (facts.get('organisation', organisation)?.tier !== 'BO') return false
  if (facts.get('person', person)?.protectedIdentity !== false) return false
  return stand.some(
    (relation) =>
      relation.a === person &&
      relations.includes(relation.type) &&
      stand.some(
        (member) => member.type === 'org_membership' && member.a === relation.b && member.b === organisation,
      ),
  )
}
