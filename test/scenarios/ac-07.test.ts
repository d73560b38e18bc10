import { expect, test } from 'vitest'
import { party } from '../harness/start-house.ts'
import { eventually, withDevice } from './real-device.ts'
import { entriesOf, journalOf, send, withHouse } from './with-house.ts'

const [nils, sjovik, norrhamra] = [party('P12'), party('C-SJO'), party('C-NORR')]

test('AC-7 another payer chosen offline: used here, "(används ej)" there, and nobody is told who', async () => {
  const house = await withHouse()
  const [user, britta, petra] = [
    await house.signIn('P12'),
    await house.signIn('P11'),
    await house.signIn('P17'),
  ]
  const [atSjovik, atNorrhamra] = [
    await britta.open(`org/${sjovik}/payers`),
    await petra.open(`org/${norrhamra}/payers`),
  ]
  const nilsIn = (list: typeof atSjovik) =>
    list.entries().find((entry) => entry.kind === 'billing' && entry.person?.name === 'Nils Fagerström')
  const used = (list: typeof atSjovik) =>
    list.entries().filter((entry) => entry.kind === 'billing' && entry.used).length
  expect([nilsIn(atSjovik), nilsIn(atNorrhamra)]).toMatchObject([{ used: true }, { used: false }])
  const before = [used(atSjovik), used(atNorrhamra)]

  const phone = await withDevice(house, user)
  const payer = () =>
    phone
      .rows('me')()
      .find((entry) => entry.kind === 'payer')
  await eventually(() => expect([payer()?.all.payer, phone.connection().state]).toEqual([sjovik, 'live']))
  phone.link.cut()
  const wish = {
    type: 'payer.choose',
    input: { payer: norrhamra, feeKind: '*' },
    about: [nils],
    label: 'Norrhamra',
  }
  expect(await phone.dispatch(wish)).toMatchObject({ ok: true })
  // Money is shown as waiting, not as done.
  expect(phone.outbox()).toMatchObject([{ state: 'queued', about: [nils] }])
  expect(house.store.facts.get('payerChoice', `${nils}:*`)?.payer).toBe(sjovik)

  phone.link.mend()
  phone.wake()
  await atNorrhamra.until(
    () => nilsIn(atNorrhamra)?.kind === 'billing' && used(atNorrhamra) === before[1]! + 1,
  )
  await atSjovik.until(() => used(atSjovik) === before[0]! - 1)
  expect([nilsIn(atSjovik), nilsIn(atNorrhamra)]).toMatchObject([{ used: false }, { used: true }])
  expect(JSON.stringify(atSjovik.entries())).not.toContain(norrhamra)
  expect(JSON.stringify(atSjovik.entries())).not.toContain('Norrhamra')
  expect(JSON.stringify(await britta.read(sjovik, 'contacts'))).not.toContain('Norrhamra')
  await eventually(() => expect(payer()).toMatchObject({ all: { payer: norrhamra, rule: 'P1' } }))
  await eventually(() => expect(phone.outbox()).toEqual([]))

  // One entry, and nothing more when the same intent comes once more.
  const [first] = phone.link.sent
  const [command] = first!.call.commands
  expect(journalOf(house, command!.id).map(({ change }) => change.type)).toEqual(['payerChosen'])
  expect(await send(user, [command!], first!.call.device)).toEqual(first!.answer.results)
  expect(journalOf(house, command!.id)).toHaveLength(1)
  expect((await entriesOf(user, nils, 'me', 'payer'))[0]?.all.payer).toBe(norrhamra)
  atSjovik.end()
  atNorrhamra.end()
})

test('AC-7 an answer that is lost on the way is asked for again, and the choice is made once', async () => {
  const house = await withHouse()
  const user = await house.signIn('P12')
  const phone = await withDevice(house, user)
  await eventually(() => expect(phone.connection().state).toBe('live'))
  // Cut at the moment the house has committed: the device never hears of it.
  house.store.listen({
    beforeCommit: () => undefined,
    afterCommit: () => {
      if (cutting) phone.link.cut()
      cutting = false
    },
    rolledBack: () => undefined,
  })
  let cutting = true
  await phone.dispatch({
    type: 'payer.choose',
    input: { payer: norrhamra, feeKind: '*' },
    about: [nils],
    label: '',
  })
  await eventually(() => expect(cutting).toBe(false))
  await eventually(() => expect(phone.outbox()).toMatchObject([{ state: 'sending' }]))
  phone.link.mend()
  phone.wake()
  await eventually(() => expect(phone.outbox()).toEqual([]))
  const [first] = phone.link.sent
  expect(first!.answer.results).toMatchObject([{ status: 'accepted' }])
  expect(journalOf(house, first!.call.commands[0]!.id)).toHaveLength(1)
})
