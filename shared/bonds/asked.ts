import type { Bond } from './model.ts'

/** Whether this party is the one that was asked, and has not answered. */
export function asksOf(bond: Bond, party: string): boolean {
  return bond.state === 'proposed' && (bond.proposedBy === 'a' ? bond.b : bond.a) === party
}

/** Whether this party asked and waits for the other. */
export function waitsFor(bond: Bond, party: string): boolean {
  return bond.state === 'proposed' && (bond.proposedBy === 'a' ? bond.a : bond.b) === party
}
