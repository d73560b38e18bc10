import { expect, test } from 'vitest'
import type { TestHouse } from '../harness/start-house.ts'
import { party } from '../harness/start-house.ts'
import type { User } from '../harness/user.ts'
import { createActs } from './acts.ts'
import { entriesOf, journalOf, madeOffline, withHouse } from './with-house.ts'

const [karin, tallmo] = [party('P09'), party('C-TALL')]

async function requests(house: TestHouse, user: User) {
  const own = await entriesOf(user, karin, 'me', 'own')
  const waiting = (type: string) =>
    own.find(({ bond }) => bond.type === type && bond.state === 'proposed')!.id
  return {
    employment: waiting('employed'),
    billing: waiting('billing'),
    state: (id: string) => house.store.facts.get('bond', id)?.state,
  }
}

test('AC-3 confirming the employment confirms the payment asked for, in the same act', async () => {
  const house = await withHouse()
  const acts = createActs(house)
  const [person, company] = [await house.signIn('P09'), await house.signIn('P07')]
  const { employment, billing, state } = await requests(house, person)
  const result = await acts.act(company, tallmo, 'bond.confirm', { id: employment })
  expect(result.status).toBe('accepted')
  expect([state(employment), state(billing)]).toEqual(['confirmed', 'confirmed'])
  // One act, one time, one command; and no payment besides the one that was asked for.
  expect(journalOf(house, result.id).map(({ change }) => [change.type, change.id])).toEqual([
    ['bondConfirmed', employment],
    ['bondConfirmed', billing],
  ])
  for (const view of ['contacts', 'payers']) {
    const rows = await company.read(tallmo, view)
    expect(
      rows.filter(
        (row) => [employment, billing].includes(row.id) && 'bond' in row && row.bond.state === 'proposed',
      ),
    ).toEqual([])
  }
  const [payer] = await entriesOf(person, karin, 'me', 'payer')
  expect(payer?.all).toMatchObject({ payer: tallmo, bond: billing })
  await acts.checkAudit()
})

test('AC-3 a payment declined first stays declined, though the employment is confirmed after it; both made offline', async () => {
  const house = await withHouse()
  const acts = createActs(house)
  const [person, company] = [await house.signIn('P09'), await house.signIn('P07')]
  const { employment, billing, state } = await requests(house, person)
  const made = [
    madeOffline(company, tallmo, 'bond.decline', { id: billing }, '2026-11-23T07:00:00Z'),
    madeOffline(company, tallmo, 'bond.confirm', { id: employment }, '2026-11-23T07:01:00Z'),
  ]
  const results = await acts.sync(company, made)
  expect(results.map(({ status }) => status)).toEqual(['accepted', 'accepted'])
  expect([state(employment), state(billing)]).toEqual(['confirmed', 'declined'])
  const [payer] = await entriesOf(person, karin, 'me', 'payer')
  expect(payer?.all.payer).toBe('self')
  expect(house.store.facts.find('bond', 'a', karin).filter((bond) => bond.type === 'billing')).toHaveLength(1)
  await acts.checkAudit()
})
