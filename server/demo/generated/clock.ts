import { addDays, type Day, type Instant } from '#shared/kernel/time.ts'

/** Days before the world's today, counted once. */
export interface Clock {
  /** In the morning of the day so many days ago, or some hours later. */
  ago(days: number, hours?: number): Instant
}

export function clockOf(today: Day): Clock {
  const days = new Map<number, Day>()
  return {
    ago(count, hours = 0) {
      const day = days.get(count) ?? addDays(today, -count)
      days.set(count, day)
      return `${day}T${String(8 + hours).padStart(2, '0')}:00:00.000Z`
    },
  }
}
