import { expect, test } from 'vitest'
import { party } from '../../harness/start-house.ts'
import { entriesOf, withHouse } from '../../scenarios/with-house.ts'
import { recordsIn, replayed } from './replayed.ts'

test('[K15] the records are byte for byte what the journal tells, after everything bonds can go through', async () => {
  const house = await withHouse()
  const [erik, granbacka, tallmo, office, nils] = await Promise.all(
    ['P06', 'P01', 'P07', 'P29', 'P12'].map((key) => house.signIn(key)),
  )
  const own = await entriesOf(erik!, party('P06'), 'me', 'own')
  const id = own.find(({ bond }) => bond.state === 'proposed')!.id
  const [as, me] = [party('C-GRAN'), party('P06')]
  const steps: readonly [typeof erik, string, string, unknown][] = [
    [erik, me, 'bond.confirm', { id }],
    [granbacka, as, 'bond.end', { id, date: '2026-12-31', reason: 'Flyttar' }],
    [granbacka, as, 'bond.cancel-end', { id }],
    [office, party('KANSLI'), 'bond.freeze', { id, reason: 'Tvist' }],
    [office, party('KANSLI'), 'bond.unfreeze', { id, reason: 'Löst' }],
    [erik, me, 'bond.end', { id }],
    [nils, party('P12'), 'payer.choose', { payer: party('C-NORR'), feeKind: '*' }],
    [erik, me, 'account.choose-locale', { locale: 'en' }],
  ]
  for (const [user, actor, type, input] of steps)
    expect([type, (await user!.command(actor, type, input)).status]).toEqual([type, 'accepted'])
  const asked = await tallmo!.command(party('C-TALL'), 'bond.propose', {
    id: '0190163d-8694-439b-aea5-966c26f8ad91',
    type: 'other',
    other: { person: { name: 'Ny', nationalId: { country: 'SE', value: '19900101-2385' } } },
  })
  expect(asked.status).toBe('accepted')
  const tables = recordsIn(house.store.db)
  expect(tables.length).toBeGreaterThan(200)
  expect(replayed(house.store.db)).toEqual(tables)
})
