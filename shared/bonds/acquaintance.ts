import type { Facts } from '../kernel/facts.ts'
import type { Person } from '../parties/model.ts'
import { isStanding, type Bond } from './model.ts'

/** Whether the two have or had a bond both said yes to (B13). */
export function sharesBond(own: string, party: string, facts: Facts): boolean {
  return (
    facts.find('bond', 'a', own).some((bond) => bond.b === party && wasAnswered(bond)) ||
    facts.find('bond', 'b', own).some((bond) => bond.a === party && wasAnswered(bond))
  )
}

/** A bond nobody has said yes to makes no acquaintance: else an unanswered request would open a door. */
function wasAnswered(bond: Bond): boolean {
  return isStanding(bond) || bond.state === 'ended' || bond.state === 'frozen'
}

/**
 * What naming by id stands for instead of typing: name and number while a bond gives them, else only what was typed when the
 * two last had to do with each other. A bond that is over must not tell today's name.
 */
export function knownOf(person: Person, organisation: string, facts: Facts): Bond['typed'] {
  const between = facts.find('bond', 'a', person.id).filter((bond) => bond.b === organisation)
  if (between.some(isStanding)) return { name: person.name, nationalId: person.nationalId }
  const typed = between
    .filter((bond) => bond.typed !== null)
    .toSorted((one, other) => (one.proposedAt < other.proposedAt ? 1 : -1))[0]?.typed
  return typed ?? { name: '', nationalId: null }
}
