import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { systemActor } from '#shared/access/actor.ts'
import type { Change } from '#shared/changes.ts'
import { party } from '../../harness/start-house.ts'
import { withHouse } from '../../scenarios/with-house.ts'

test('a document started anew while it is being opened is one document: whoever reads it hears what comes', async () => {
  const house = await withHouse()
  const user = await house.signIn('P29')
  const { documents } = house.house
  const company = party('C-BJORK')
  const name = `org/${company}/contacts`
  // So many that opening takes several turns.
  const crowd = Array.from({ length: 1200 }, () => crowdMember(company)).flat()
  await house.house.execute.record(systemActor, house.clock.now(), crowd)
  const opening = documents.open(name)
  // Passes the first look at the tables; from here on it is being built.
  await house.store.write(() => undefined)
  await documents.reseed(name)
  const early = await documents.open(name)
  const heard: Uint8Array[] = []
  documents.listen(early!, {
    account: user.session.account,
    update: (bytes) => heard.push(bytes),
    close: () => undefined,
  })
  const late = (await opening)!
  await house.house.execute.record(systemActor, house.clock.now(), crowdMember(company))
  expect(late).toBe(await documents.open(name))
  expect(heard).toHaveLength(1)
  expect(late.entries.size).toBeGreaterThan(1200)
})

/** Somebody, and that somebody's question to the company. */
function crowdMember(b: string): readonly Change[] {
  const [at, expiresOn, a] = ['2026-11-20T08:00:00.000Z', '2027-02-18', randomUUID()]
  const person = { known: true, name: 'Någon', nationalId: null, contact: null, protectedIdentity: false }
  const [typed, note, follows] = [null, '', null]
  return [
    { type: 'personEntered', kind: 'person', id: a, person },
    {
      type: 'bondProposed',
      kind: 'bond',
      id: randomUUID(),
      bondType: 'other',
      by: 'a',
      a,
      b,
      at,
      expiresOn,
      typed,
      note,
      follows,
    },
  ]
}

test('what changes while a document is being built is in it', async () => {
  const house = await withHouse()
  const user = await house.signIn('P06')
  const name = `me/${user.session.account}`
  const opening = house.house.documents.open(name)
  const result = await user.command(party('P06'), 'account.choose-locale', { locale: 'nb' })
  const opened = (await opening)!
  expect(opened.entries.get(`account:${user.session.account}`)).toContain('"locale":"nb"')
  expect(opened.seq).toBeGreaterThanOrEqual(result.documents[0]!.seq)
})
