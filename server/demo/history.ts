import type { Change } from '#shared/changes.ts'
import type { Instant } from '#shared/kernel/time.ts'

/** A change, and when it happened. */
export interface Happening {
  readonly at: Instant
  readonly change: Change
}

/** In the order of time; what happened at the same instant stays in the order in which it was written down. */
export function inTimeOrder(happenings: readonly Happening[]): readonly Happening[] {
  return [...happenings].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
}
