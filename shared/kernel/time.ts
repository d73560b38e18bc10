/** An instant as ISO text with Z, from the server's clock. */
export type Instant = string
/** YYYY-MM-DD in the register's zone. */
export type Day = string

/** The zone in which the register's days begin and end. */
export const registerZone = 'Europe/Stockholm'

export function dayOf(instant: Instant): Day {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(registerZone).toPlainDate().toString()
}

export function addDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** Whole days from the first to the second; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days
}
