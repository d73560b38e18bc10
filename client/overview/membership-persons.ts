import { isStanding } from '#shared/bonds/model.ts'
import type { Entry, MembershipEntry } from '#shared/documents/entries.ts'

/**
 * How many people a membership concerns. Asked for, it is what the other side's number says; once it stands, it is those one
 * sees: through the company, or one's own employed.
 */
export function personsOf(entry: MembershipEntry, contacts: readonly Entry[], party: string): number {
  if (!isStanding(entry.bond)) return entry.persons
  let count = 0
  for (const row of contacts) {
    if (row.kind === 'via' && row.company.id === entry.bond.a) count += 1
    else if (row.kind === 'contact' && entry.bond.a === party && isStanding(row.bond)) count += 1
  }
  return Math.max(count, entry.persons)
}
