import { registerZone, type Day, type Instant } from '#shared/kernel/time.ts'
import { locale } from './t.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale()}:${name}`
  let format = formats.get(key)
  if (format === undefined) formats.set(key, (format = new Intl.DateTimeFormat(locale(), options)))
  return format
}

/** "23 november 2026". A day has no zone: read as UTC and written as UTC, or it slips. */
export function formatDay(day: Day): string {
  const date = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(date.valueOf())
    ? day
    : formatOf('day', { dateStyle: 'long', timeZone: 'UTC' }).format(date)
}

/** "10:42" when it was today in the register's zone, else "23 nov. 2026 10:42". */
export function formatInstant(instant: Instant, now: Instant = new Date().toISOString()): string {
  const date = new Date(instant)
  if (Number.isNaN(date.valueOf())) return instant
  const day = formatOf('zoned-day', { dateStyle: 'short', timeZone: registerZone })
  const sameDay = day.format(date) === day.format(new Date(now))
  const options = sameDay
    ? ({ timeStyle: 'short' } as const)
    : ({ dateStyle: 'medium', timeStyle: 'short' } as const)
  return formatOf(sameDay ? 'time' : 'instant', { ...options, timeZone: registerZone }).format(date)
}

/** "a, b och c". */
export function formatList(items: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(items)
}
