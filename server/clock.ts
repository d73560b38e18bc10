import { dayOf, registerZone, type Day, type Instant } from '#shared/kernel/time.ts'

/** The house's idea of time. Nothing else on the server asks the machine what day it is. */
export interface Clock {
  readonly now: () => Instant
  readonly today: () => Day
}

/** The machine's own clock. */
export function realClock(): Clock {
  const now = () => new Date().toISOString()
  // Asked for with every command, and a zone's day changes only on a minute.
  let minute = ''
  let day: Day = ''
  const today = () => {
    const at = now()
    if (!at.startsWith(minute) || minute === '') {
      minute = at.slice(0, 'YYYY-MM-DDTHH:MM'.length)
      day = dayOf(at)
    }
    return day
  }
  return { now, today }
}

/**
 * The demo's clock: from `start` the time of day runs on, but the calendar never leaves that day, so that the demo world's
 * offsets ("proposed three days ago") stay true. It stops a moment before midnight rather than run backwards.
 */
export function demoClock(start: Instant, elapsedMs: () => number = sinceNow()): Clock {
  const opening = Temporal.Instant.from(start)
  const today = dayOf(start)
  const midnight = Temporal.PlainDate.from(today).add({ days: 1 }).toZonedDateTime(registerZone)
  const lastMs = midnight.epochMilliseconds - 1
  const now = () =>
    new Date(Math.min(opening.epochMilliseconds + Math.trunc(elapsedMs()), lastMs)).toISOString()
  return { now, today: () => today }
}

/** Monotonic, so that a machine whose clock is set while the demo runs does not move the demo. */
function sinceNow(): () => number {
  const startedMs = performance.now()
  return () => performance.now() - startedMs
}
