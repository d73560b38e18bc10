import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leaseDays, leaseHasEnded, lookAtLease, renewLease } from '#shared/access/lease.ts'

const contactMs = Date.parse('2026-11-23T08:00:00Z')
const dayMs = 24 * 60 * 60_000
const after = (...days: number[]) =>
  days.reduce((lease, day) => lookAtLease(lease, contactMs + day * dayMs), renewLease(contactMs))

test('[V8] what is held is shown for seven days after the last contact, and not a moment longer', () => {
  expect(leaseHasEnded(after(0))).toBe(false)
  expect(leaseHasEnded(after(leaseDays))).toBe(false)
  expect(leaseHasEnded(after(leaseDays + 1 / dayMs))).toBe(true)
})

test('[V8] a clock that is set back does not bring back what has ended; hearing the server does', () => {
  const ended = after(8, -30)
  expect(leaseHasEnded(ended)).toBe(true)
  expect(leaseHasEnded(renewLease(contactMs - 30 * dayMs))).toBe(false)
})

test('[V8] once ended it stays ended, however the clock is turned', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -400, max: 400 }), { minLength: 1 }), (days) => {
      const seen = days.map((_, n) => leaseHasEnded(after(...days.slice(0, n + 1))))
      expect(seen).toEqual(seen.map((_, n) => Math.max(...days.slice(0, n + 1)) > leaseDays))
    }),
  )
})
