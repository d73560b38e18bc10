import type { Bond } from '#shared/bonds/model.ts'
import type { Entry } from '#shared/documents/entries.ts'

/** Whether this party is the one that was asked, and has not answered. */
export function asksOf(bond: Bond, party: string): boolean {
  return bond.state === 'proposed' && (bond.proposedBy === 'a' ? bond.b : bond.a) === party
}

/** Whether this party asked and waits for the other. */
export function waitsFor(bond: Bond, party: string): boolean {
  return bond.state === 'proposed' && (bond.proposedBy === 'a' ? bond.a : bond.b) === party
}

/** How many of these rows wait for an answer from this party. */
export function countAsks(rows: readonly Entry[], party: string): number {
  let count = 0
  for (const row of rows) if ('bond' in row && asksOf(row.bond, party)) count += 1
  return count
}
