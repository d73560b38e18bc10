import type { Facts } from '../kernel/facts.ts'
import { isStanding, personBondTypes, type Bond } from './model.ts'

/** Bonds of a person with an organisation that make them known to each other; billing alone does not. */
export function isRelation(bond: Bond): boolean {
  return (personBondTypes as readonly string[]).includes(bond.type)
}

export function hasStandingRelation(person: string, organisation: string, facts: Facts): boolean {
  return facts
    .find('bond', 'a', person)
    .some((bond) => bond.b === organisation && isRelation(bond) && isStanding(bond))
}

/** The standing relations through which a company's people are seen by an organisation it belongs to (IS-69: one is enough). */
const seenThrough: readonly string[] = ['employed', 'tied_agent', 'tied_intermediary', 'sole_trader', 'other']

export function isSeenThrough(bond: Bond): boolean {
  return seenThrough.includes(bond.type) && isStanding(bond)
}
