import { expect, test } from 'vitest'
import { demoClock, realClock } from '#server/clock.ts'

const hourMs = 3_600_000

test('the real clock gives the day of the register, which begins in Stockholm', () => {
  const clock = realClock()
  expect(clock.now()).toMatch(/Z$/)
  expect(Math.abs(Date.parse(clock.now()) - Date.now())).toBeLessThan(1000)
})

test('in the demo the time of day runs on and the day stays', () => {
  let elapsed = 0
  const clock = demoClock('2026-11-23T08:00:00Z', () => elapsed)
  expect([clock.now(), clock.today()]).toEqual(['2026-11-23T08:00:00.000Z', '2026-11-23'])
  elapsed = 3 * hourMs
  expect([clock.now(), clock.today()]).toEqual(['2026-11-23T11:00:00.000Z', '2026-11-23'])
})

test('after a week the demo still stands a moment before its midnight, and never ran backwards', () => {
  let elapsed = 0
  const clock = demoClock('2026-11-23T08:00:00Z', () => elapsed)
  let before = clock.now()
  for (; elapsed < 7 * 24 * hourMs; elapsed += hourMs) {
    const now = clock.now()
    expect(now >= before).toBe(true)
    before = now
  }
  expect([clock.now(), clock.today()]).toEqual(['2026-11-23T22:59:59.999Z', '2026-11-23'])
})

test('a demo day in which summer time ends has its 25 hours', () => {
  const clock = demoClock('2026-10-25T00:00:00+02:00', () => 30 * hourMs)
  expect([clock.now(), clock.today()]).toEqual(['2026-10-25T22:59:59.999Z', '2026-10-25'])
})
