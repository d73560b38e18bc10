import { expect, test } from 'vitest'
import { party } from '../harness/start-house.ts'
import { createActs } from './acts.ts'
import { scenarioClock } from './clock-at.ts'
import { eventually, withDevice } from './real-device.ts'
import { entriesOf, journalOf, madeOffline, send, withHouse } from './with-house.ts'

const erik = party('P06')
const granbacka = party('C-GRAN')
/** What only a standing relation would show of Erik. */
const hidden = ['p06@example.test', 'Sjöutsikten 36', '070-174 06 10']

test('AC-1 on the wire: taken back at 10:42, said yes to at 10:30 without a network: nothing is shared', async () => {
  const clock = scenarioClock()
  const house = await withHouse({ clock })
  const acts = createActs(house)
  const [phone, company] = [await house.signIn('P06'), await house.signIn('P01')]
  const request = (await entriesOf(phone, erik, 'me', 'own')).find(({ bond }) => bond.state === 'proposed')!
  const made = madeOffline(
    phone,
    erik,
    'bond.confirm',
    { id: request.id, rev: request.rev },
    '2026-11-23T10:30:00+01:00',
  )
  clock.at('10:42')
  expect(await acts.act(company, granbacka, 'bond.withdraw', { id: request.id })).toMatchObject({
    status: 'accepted',
  })
  clock.at('12:00')
  const [refused] = await acts.sync(phone, [made])
  expect(refused).toMatchObject({
    status: 'refused',
    code: 'bond/withdrawn',
    rule: 'B21',
    params: { at: '2026-11-23T09:42:00.000Z' },
    at: '2026-11-23T11:00:00.000Z',
  })
  const seen = JSON.stringify([
    await company.read(granbacka, 'contacts'),
    await company.read(granbacka, 'payers'),
  ])
  for (const text of hidden) expect(seen).not.toContain(text)
  const billing = house.store.facts.find('bond', 'a', erik).filter((bond) => bond.type === 'billing')
  expect(billing).toEqual([])
  // Erik can ask himself; that is a question of his own, not a late yes.
  expect(
    await acts.act(phone, erik, 'bond.propose', {
      id: '0190163d-8694-439b-aea5-966c26f8ad01',
      type: 'employed',
      other: { organisation: { regNo: { country: 'SE', value: '559990-0049' } } },
    }),
  ).toMatchObject({ status: 'accepted' })
  await acts.checkAudit()
})

test('AC-1 on a real phone: the yes waits on the device, comes back refused with who was first, and the row follows', async () => {
  const clock = scenarioClock()
  const house = await withHouse({ clock })
  const [user, company] = [await house.signIn('P06'), await house.signIn('P01')]
  const watched = await company.open(`org/${granbacka}/contacts`)
  const heard: string[] = []
  watched.doc.on('update', (bytes: Uint8Array) => heard.push(Buffer.from(bytes).toString('utf8')))
  const phone = await withDevice(house, user)
  const row = () =>
    phone
      .rows('me')()
      .find((entry) => entry.kind === 'own' && entry.bond.type === 'employed')
  await eventually(() => expect(row()).toMatchObject({ bond: { state: 'proposed' } }))
  const { id, rev } = row()!
  await eventually(() => expect(phone.connection().state).toBe('live'))

  phone.link.cut()
  const answer = await phone.dispatch({
    type: 'bond.confirm',
    input: { id, rev },
    about: [id],
    label: 'Granbacka',
  })
  expect(answer).toMatchObject({ ok: true })
  expect(phone.outbox()).toMatchObject([{ state: 'queued', about: [id] }])
  clock.at('10:42')
  expect(await company.command(granbacka, 'bond.withdraw', { id })).toMatchObject({ status: 'accepted' })

  clock.at('12:00')
  phone.link.mend()
  phone.wake()
  await eventually(() =>
    expect(phone.outbox()).toMatchObject([
      { state: 'refused', refusal: { code: 'bond/withdrawn', params: { at: '2026-11-23T09:42:00.000Z' } } },
    ]),
  )
  await eventually(() => expect(row()).toMatchObject({ bond: { state: 'withdrawn' } }))
  for (const text of hidden) expect(heard.join('')).not.toContain(text)
  expect(house.store.facts.find('bond', 'a', erik).filter((bond) => bond.type === 'billing')).toEqual([])
  const [first] = phone.link.sent
  expect(phone.link.sent.flatMap(({ call }) => call.commands)).toHaveLength(1)
  expect(journalOf(house, first!.call.commands[0]!.id)).toEqual([])
  // The same intent again gets the same answer.
  expect(await send(user, first!.call.commands, first!.call.device)).toEqual(first!.answer.results)
  watched.end()
})
