import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Clock } from '#server/clock.ts'
import { dayOf } from '#shared/kernel/time.ts'
import { party } from '../../harness/start-house.ts'
import { entriesOf, send, withHouse } from '../../scenarios/with-house.ts'

/** A clock the test sets. */
function clockAt(start: string): Clock & { at: (instant: string) => void } {
  let instant = start
  return { now: () => instant, today: () => dayOf(instant), at: (next) => void (instant = next) }
}

/** Day arithmetic by another road than the house's: counted in UTC, where every day has 24 hours. */
function daysLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

test('[K9] a device whose clock is a year wrong, either way, gets what the others get', async () => {
  const outcomes: unknown[] = []
  for (const madeAt of [
    undefined,
    '2025-11-23T08:00:00Z',
    '2027-11-23T08:00:00Z',
    '1970-01-01T00:00:00Z',
    '2100-02-28T23:59:59Z',
  ]) {
    const house = await withHouse({ clock: clockAt('2026-11-23T08:00:00.000Z') })
    const [erik, granbacka] = [await house.signIn('P06'), await house.signIn('P01')]
    const id = (await entriesOf(erik, party('P06'), 'me', 'own')).find(
      ({ bond }) => bond.state === 'proposed',
    )!.id
    const stamped = (message: object) =>
      (madeAt === undefined ? message : { ...message, madeAt }) as ReturnType<typeof erik.message>
    const results = [
      ...(await send(erik, [stamped(erik.message(party('P06'), 'bond.confirm', { id }))])),
      ...(await send(granbacka, [
        stamped(granbacka.message(party('C-GRAN'), 'bond.end', { id, date: '2026-12-24' })),
        stamped(granbacka.message(party('C-GRAN'), 'bond.withdraw', { id })),
      ])),
    ]
    const bond = house.store.facts.get('bond', id)
    const rows = house.store.db.prepare('SELECT at FROM journal WHERE command IS NOT NULL').all()
    outcomes.push([results.map((result) => ({ ...result, id: '' })), bond, rows])
  }
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
})

describe('[B12] ninety days are ninety days of the register’s calendar', () => {
  test.each([
    ['the night to summer time', '2027-03-28T00:30:00.000Z', '2027-03-28'],
    ['the hour that is not', '2027-03-28T01:30:00.000Z', '2027-03-28'],
    ['the hour that comes twice', '2027-10-31T00:30:00.000Z', '2027-10-31'],
    ['the same hour again', '2027-10-31T01:30:00.000Z', '2027-10-31'],
    ['before a leap day', '2028-02-28T12:00:00.000Z', '2028-02-28'],
    ['a leap day', '2028-02-29T12:00:00.000Z', '2028-02-29'],
    ['after local midnight in winter', '2026-12-31T23:30:00.000Z', '2027-01-01'],
    ['after local midnight in summer', '2027-06-30T22:30:00.000Z', '2027-07-01'],
    ['just before it', '2027-06-30T21:59:59.999Z', '2027-06-30'],
  ])('%s', async (_, now, today) => {
    const clock = clockAt(now)
    const house = await withHouse({ clock })
    const user = await house.signIn('P13')
    expect(user.session.today).toBe(today)
    const id = randomUUID()
    const other = { person: { nationalId: { country: 'SE', value: '199512242380' } } }
    expect(await user.command(party('C-BJORK'), 'bond.propose', { id, type: 'other', other })).toMatchObject({
      status: 'accepted',
    })
    const expiresOn = daysLater(today, 90)
    expect(house.store.facts.get('bond', id)).toMatchObject({ state: 'proposed', expiresOn })
    // The last day it waits is the one before; the round of the day itself takes it.
    clock.at(`${daysLater(expiresOn, -1)}T20:00:00.000Z`)
    await house.house.dailyRound.go()
    expect(house.store.facts.get('bond', id)?.state).toBe('proposed')
    clock.at(`${expiresOn}T00:30:00.000Z`)
    await house.house.dailyRound.go()
    expect(house.store.facts.get('bond', id)?.state).toBe('expired')
  })
})

test('[B8] thirty days after a no count from the register’s day of it, not from that of Greenwich', async () => {
  // Half past midnight on the 24th in Stockholm.
  const clock = clockAt('2026-11-23T23:30:00.000Z')
  const house = await withHouse({ clock })
  const [erik, granbacka] = [await house.signIn('P06'), await house.signIn('P01')]
  const id = (await entriesOf(erik, party('P06'), 'me', 'own')).find(
    ({ bond }) => bond.state === 'proposed',
  )!.id
  expect(await erik.command(party('P06'), 'bond.decline', { id })).toMatchObject({ status: 'accepted' })
  const ask = () =>
    granbacka.command(party('C-GRAN'), 'bond.propose', {
      id: randomUUID(),
      type: 'employed',
      other: { person: { nationalId: { country: 'SE', value: '199802282393' } } },
    })
  clock.at('2026-12-23T22:59:00.000Z')
  expect(await ask()).toMatchObject({
    status: 'refused',
    code: 'bond/blocked',
    params: { until: '2026-12-24' },
  })
  clock.at('2026-12-23T23:01:00.000Z')
  expect(await ask()).toMatchObject({ status: 'accepted' })
})

test('[B36] a set end takes effect on its day, also when the house slept over it', async () => {
  const clock = clockAt('2027-03-20T10:00:00.000Z')
  const house = await withHouse({ clock })
  const user = await house.signIn('P02')
  const id = (await entriesOf(user, party('P02'), 'me', 'own')).find(
    ({ bond }) => bond.type === 'employed',
  )!.id
  expect(await user.command(party('P02'), 'bond.end', { id, date: '2027-03-28' })).toMatchObject({
    status: 'accepted',
  })
  clock.at('2027-03-27T22:59:00.000Z')
  await house.house.dailyRound.go()
  expect(house.store.facts.get('bond', id)?.state).toBe('ending')
  clock.at('2027-04-05T10:00:00.000Z')
  const later = await house.restart()
  await later.house.dailyRound.go()
  expect(later.store.facts.get('bond', id)).toMatchObject({ state: 'ended', validTo: '2027-03-28' })
})
