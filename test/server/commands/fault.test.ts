import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { party } from '../../harness/start-house.ts'
import {
  entriesOf,
  journalLength,
  journalOf,
  send,
  withHouse,
  type ScenarioHouse,
} from '../../scenarios/with-house.ts'

/** Damages one record on the disk while the house is down, as a failing disk or a bad migration would. */
function damage(house: ScenarioHouse, table: 'bond' | 'account', id: string): Promise<ScenarioHouse> {
  return house.restart(() => {
    const db = new Sqlite(join(house.dataDir, 'handslag.sqlite'))
    db.prepare(`UPDATE ${table} SET record = '{"half' WHERE id = ?`).run(id)
    db.close()
  })
}

test('[K13] a fault while deciding fails that command with a reference, is kept, and lets the next one pass', async () => {
  let house = await withHouse()
  const first = await house.signIn('P09')
  const asked = await entriesOf(first, party('P09'), 'me', 'own')
  const broken = asked.find(({ bond }) => bond.type === 'employed')!.id
  house = await damage(house, 'bond', broken)
  const user = await house.signIn('P07')
  const tallmo = party('C-TALL')
  const before = journalLength(house)
  const commands = [
    user.message(tallmo, 'bond.confirm', { id: broken }),
    user.message(tallmo, 'account.choose-locale', { locale: 'en' }),
    user.message(tallmo, 'bond.confirm', { id: broken }),
  ]
  const results = await send(user, commands)
  expect(results.map(({ status }) => status)).toEqual(['failed', 'accepted', 'failed'])
  expect(results[0]).toMatchObject({ code: 'fault', documents: [] })
  const reference = results[0]!.params!['reference']!
  expect(reference).toMatch(/^[0-9a-f]{6,}$/)
  expect(house.logged()).toContain(reference)
  expect(house.logged()).not.toContain('half')
  expect(journalOf(house, commands[0]!.id)).toEqual([])
  expect(journalLength(house)).toBe(before + 1)
  // One fate, for ever; and the number of the device has not gone back.
  expect(await send(user, commands)).toEqual(results)
  const low = { ...user.message(tallmo, 'account.choose-locale', { locale: 'fi' }), seq: 2 }
  expect((await send(user, [low]))[0]).toMatchObject({ code: 'command/out-of-order' })
})

test('[K1] [K13] a fault half way through the writing takes all of that command back, and nothing of its neighbours', async () => {
  let house = await withHouse()
  const applicant = await house.signIn('P09')
  const asked = await entriesOf(applicant, party('P09'), 'me', 'own')
  const employment = asked.find(({ bond }) => bond.type === 'employed')!.id
  house = await damage(house, 'account', applicant.session.account)
  const [tallmo, granbacka] = [await house.signIn('P07'), await house.signIn('P01')]
  const before = house.store.db.prepare('SELECT * FROM bond ORDER BY id').all()
  const confirm = tallmo.message(party('C-TALL'), 'bond.confirm', { id: employment })
  const [failed, neighbour] = await Promise.all([
    send(tallmo, [confirm]),
    send(granbacka, [granbacka.message(party('P01'), 'account.choose-locale', { locale: 'en' })]),
  ])
  expect(failed[0]).toMatchObject({ status: 'failed', code: 'fault' })
  expect(neighbour[0]).toMatchObject({ status: 'accepted' })
  expect(house.store.db.prepare('SELECT * FROM bond ORDER BY id').all()).toEqual(before)
  expect(house.store.facts.get('bond', employment)?.state).toBe('proposed')
  expect(journalOf(house, confirm.id)).toEqual([])
  expect(await send(tallmo, [confirm])).toEqual(failed)
})
