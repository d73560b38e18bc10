import { expect, test } from 'vitest'
import type { HandshakeAnswer } from '#shared/protocol/documents-message.ts'
import { party } from '../harness/start-house.ts'
import type { User } from '../harness/user.ts'
import { createActs } from './acts.ts'
import { scenarioClock } from './clock-at.ts'
import { entriesOf, journalOf, madeOffline, withHouse } from './with-house.ts'

const [tallmo, fyrbaken, omar] = [party('C-TALL'), party('ORG-FYR'), party('P08')]

/** What a device that has been here before is told. */
async function shakeHands(user: User, have: HandshakeAnswer['documents']): Promise<HandshakeAnswer> {
  const answer = await user.fetch('/api/documents/handshake', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: fyrbaken, have: have.map(({ name, epoch, seq }) => ({ name, epoch, seq })) }),
  })
  return (await answer.json()) as HandshakeAnswer
}

test('AC-4 an employment ended offline at 09:10, a membership confirmed at 09:20, the end received at 09:30', async () => {
  const clock = scenarioClock()
  const house = await withHouse({ clock })
  const acts = createActs(house)
  const [greta, hedda] = [await house.signIn('P07'), await house.signIn('P31')]
  const contacts = await hedda.open(`org/${fyrbaken}/contacts`)
  const seesOmar = () => contacts.entries().some((entry) => entry.kind === 'via' && entry.person.id === omar)
  const employment = (await entriesOf(greta, tallmo, 'contacts', 'contact')).find(
    ({ person }) => person?.id === omar,
  )!
  clock.at('09:10')
  const end = madeOffline(greta, tallmo, 'bond.end', { id: employment.id }, '2026-11-23T09:10:00+01:00')

  clock.at('09:20')
  expect(seesOmar()).toBe(false)
  const membership = (await entriesOf(hedda, fyrbaken, 'base', 'membership')).find(
    ({ bond }) => bond.state === 'proposed',
  )!
  expect(await acts.act(hedda, fyrbaken, 'bond.confirm', { id: membership.id })).toMatchObject({
    status: 'accepted',
  })
  // For these ten minutes it is the truth.
  await contacts.until(() => seesOmar())
  const tablet = await shakeHands(hedda, [])
  const via = `via:${employment.id}`
  expect(await entriesOf(hedda, fyrbaken, 'payers', 'billing')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        via: expect.objectContaining({ id: tallmo }),
        person: expect.objectContaining({ name: 'Omar Haddad' }),
      }),
    ]),
  )

  clock.at('09:30')
  const [ended] = await acts.sync(greta, [end])
  expect(ended).toMatchObject({ status: 'accepted', at: '2026-11-23T08:30:00.000Z' })
  await contacts.until(() => !seesOmar())
  // A tablet that was away is told to erase him before it is given anything else.
  const back = await shakeHands(hedda, tablet.documents)
  expect(back.documents.find(({ view }) => view === 'contacts')?.purge).toContain(via)
  expect(back.documents.find(({ view }) => view === 'payers')?.purge.length).toBeGreaterThan(0)
  expect(JSON.stringify(await hedda.read(fyrbaken, 'payers'))).not.toContain('Omar Haddad')
  // No invoice after half past nine goes by him: he pays himself.
  const omarsOwn = await house.signIn('P08')
  expect((await entriesOf(omarsOwn, omar, 'me', 'payer'))[0]?.all.payer).toBe('self')
  // The two commits that bound the ten minutes are on record.
  expect(journalOf(house, ended!.id).map(({ at, change }) => [at.slice(11, 16), change.type])).toEqual([
    ['08:30', 'bondEnded'],
    ['08:30', 'bondEnded'],
  ])
  await acts.checkAudit()
  contacts.end()
})
