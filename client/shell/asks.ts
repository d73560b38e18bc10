import { asksOf } from '#shared/bonds/asked.ts'
import type { Entry } from '#shared/documents/entries.ts'

/** How many of these rows wait for an answer from this party. */
export function countAsks(rows: readonly Entry[], party: string): number {
  let count = 0
  for (const row of rows) if ('bond' in row && asksOf(row.bond, party)) count += 1
  return count
}
