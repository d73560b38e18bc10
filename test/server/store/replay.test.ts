import { expect, test } from 'vitest'
import { evolve, type Change } from '#shared/changes.ts'
import { columns, type RecordKind, type Records } from '#shared/records.ts'
import { party, type TestHouse } from '../../harness/start-house.ts'
import { entriesOf, withHouse } from '../../scenarios/with-house.ts'

/** Records as the journal tells them from the beginning, as the text that stands in the tables. */
export function replayed(house: Pick<TestHouse, 'store'>): ReadonlyMap<string, string> {
  const records = new Map<string, Records[RecordKind]>()
  for (const row of house.store.db.prepare<[], { change: string }>('SELECT change FROM journal ORDER BY seq').iterate()) {
    const change = JSON.parse(row.change) as Change
    const key = `${change.kind}:${change.id}`
    records.set(key, evolve(records.get(key), change))
  }
  return new Map([...records].map(([key, record]) => [key, JSON.stringify(record)]))
}

function stored(house: TestHouse): ReadonlyMap<string, string> {
  const rows = new Map<string, string>()
  for (const kind of Object.keys(columns)) {
    const all = house.store.db.prepare<[], { id: string; record: string }>(`SELECT id, record FROM ${kind}`).all()
    for (const { id, record } of all) rows.set(`${kind}:${id}`, record)
  }
  return rows
}

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
  const tables = stored(house)
  expect(tables.size).toBeGreaterThan(200)
  expect([...replayed(house)].sort()).toEqual([...tables].sort())
})
