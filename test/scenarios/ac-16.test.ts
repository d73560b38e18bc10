import { expect, test } from 'vitest'
import { party, type TestHouse } from '../harness/start-house.ts'
import type { User } from '../harness/user.ts'
import { createActs } from './acts.ts'
import { madeOffline, withHouse } from './with-house.ts'

const staffOf = (house: TestHouse, user: User) =>
  house.store.facts
    .find('staffRole', 'account', user.session.account)
    .find(({ state }) => state === 'active')!.id

test('AC-16 the only administrator cannot remove herself, by the page or by a queued intent', async () => {
  const house = await withHouse()
  const acts = createActs(house)
  const eva = await house.signIn('N06')
  const vestnes = party('K-VANN')
  expect(await acts.act(eva, vestnes, 'role.remove', { id: staffOf(house, eva) })).toMatchObject({
    status: 'refused',
    code: 'role/self',
    rule: 'A4',
  })
  // Nor as the person she is: only as the organisation can its roles be touched.
  expect(await acts.act(eva, party('N06'), 'role.remove', { id: staffOf(house, eva) })).toMatchObject({
    status: 'refused',
    code: 'role/unknown',
  })
  const body = (await (await eva.fetch('/api/session')).json()) as typeof eva.session
  expect(body.roles.map((role) => role.party)).toContain(vestnes)
  await acts.checkAudit()
})

test('AC-15 AC-16 two administrators remove each other offline: the house’s order decides, one is left, and stays', async () => {
  const house = await withHouse()
  const acts = createActs(house)
  const [kari, ola, liv] = [await house.signIn('N01'), await house.signIn('N02'), await house.signIn('N03')]
  const fjordby = party('K-FJORD')
  const [karis, olas] = [staffOf(house, kari), staffOf(house, ola)]
  const byKari = madeOffline(kari, fjordby, 'role.remove', { id: olas }, '2026-11-23T09:00:00+01:00')
  // By the devices' clocks Ola was first, and Kari made the intent on herself while there were two.
  const byOla = madeOffline(ola, fjordby, 'role.remove', { id: karis }, '2026-11-23T08:00:00+01:00')
  const onHerself = madeOffline(kari, fjordby, 'role.remove', { id: karis }, '2026-11-23T07:00:00+01:00')
  const byLiv = madeOffline(liv, fjordby, 'role.remove', { id: karis }, '2026-11-23T07:00:00+01:00')

  expect(await acts.sync(kari, [byKari])).toMatchObject([{ status: 'accepted' }])
  expect(await acts.sync(ola, [byOla])).toMatchObject([{ status: 'refused', code: 'command/not-allowed' }])
  expect(await acts.sync(kari, [onHerself])).toMatchObject([{ status: 'refused', code: 'role/self' }])
  expect(await acts.sync(liv, [byLiv])).toMatchObject([{ status: 'refused', code: 'role/unknown' }])
  const administrators = house.store.facts
    .find('staffRole', 'party', fjordby)
    .filter(({ administrator, state }) => administrator && state === 'active')
  expect(administrators.map(({ account }) => account)).toEqual([kari.session.account])
  const removed = house.store.facts.get('staffRole', olas)
  expect(removed).toMatchObject({ state: 'removed', removedBy: kari.session.account })
  await acts.checkAudit()
})
