/** An instant as ISO text with Z, from the server's clock. */
export type Instant = string
/** YYYY-MM-DD in the register's zone. */
export type Day = string

/** The zone in which the register's days begin and end. */
export const registerZone = 'Europe/Stockholm'

export function dayOf(instant: Instant): Day {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(registerZone).toPlainDate().toString()
}

/** The last answers: the same few days are asked for by thousands of commands, and Temporal is not cheap. */
const sums = new Map<string, Day>()
const rememberedSums = 64

export function addDays(day: Day, days: number): Day {
  const key = `${day}+${days}`
  const known = sums.get(key)
  if (known !== undefined) return known
  const sum = Temporal.PlainDate.from(day).add({ days }).toString()
  if (sums.size >= rememberedSums) sums.clear()
  sums.set(key, sum)
  return sum
}

/** Whole days from the first to the second; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days
}
