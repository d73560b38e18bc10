import type { Clock } from '#server/clock.ts'
import { dayOf } from '#shared/kernel/time.ts'

/** The house's clock, on D0, set by the scenario to the local time it names. */
export function scenarioClock(): Clock & { readonly at: (time: string) => void } {
  let now = '2026-11-23T08:00:00.000Z'
  return {
    now: () => now,
    today: () => dayOf(now),
    at: (time) => {
      now = new Date(`2026-11-23T${time}:00+01:00`).toISOString()
    },
  }
}
