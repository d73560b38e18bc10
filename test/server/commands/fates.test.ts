import { randomUUID } from 'node:crypto'
import { v7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { party } from '../../harness/start-house.ts'
import type { User } from '../../harness/user.ts'
import { entriesOf, journalLength, journalOf, send, withHouse } from '../../scenarios/with-house.ts'

const erik = party('P06')
const granbacka = party('C-GRAN')

/** The id of the employment Granbacka has asked Erik for. */
async function waitingEmployment(user: User): Promise<string> {
  const own = await entriesOf(user, erik, 'me', 'own')
  return own.find(({ bond }) => bond.state === 'proposed' && bond.type === 'employed')!.id
}

describe('the same id again', () => {
  test('[K1] [K3] gets the same result, in another call, beside itself, and after a restart; it happened once', async () => {
    let house = await withHouse()
    const user = await house.signIn('P06')
    const command = user.message(erik, 'bond.confirm', { id: await waitingEmployment(user) })
    const before = journalLength(house)
    const calls = await Promise.all(Array.from({ length: 20 }, () => send(user, [command])))
    const [first] = calls[0]!
    expect(first).toMatchObject({ id: command.id, status: 'accepted' })
    for (const [again] of calls) expect(again).toEqual(first)
    // The employment, and the payment that follows from it.
    expect(journalOf(house, command.id).map(({ change }) => change.type)).toEqual([
      'bondConfirmed',
      'bondProposed',
      'bondConfirmed',
    ])
    expect(journalLength(house)).toBe(before + 3)
    house = await house.restart()
    const later = await house.signIn('P06')
    expect((await send(later, [command]))[0]).toEqual(first)
    expect((await send(later, [command], user.device))[0]).toEqual(first)
    expect(journalLength(house)).toBe(before + 3)
  })

  test('[K3] twice in one call is one command', async () => {
    const house = await withHouse()
    const user = await house.signIn('P06')
    const command = user.message(erik, 'bond.decline', { id: await waitingEmployment(user) })
    const [one, two] = await send(user, [command, command])
    expect(one).toMatchObject({ status: 'accepted' })
    expect(two).toEqual(one)
    expect(journalOf(house, command.id)).toHaveLength(1)
  })

  test('[K3] a refusal is kept as well, though the reason for it is gone by now', async () => {
    const house = await withHouse()
    const [company, user] = [await house.signIn('P01'), await house.signIn('P06')]
    const id = await waitingEmployment(user)
    const end = user.message(erik, 'bond.end', { id })
    const [first] = await send(user, [end])
    expect(first).toMatchObject({ status: 'refused', code: 'bond/not-standing' })
    expect(await user.command(erik, 'bond.confirm', { id })).toMatchObject({ status: 'accepted' })
    expect((await send(user, [end]))[0]).toEqual(first)
    expect(
      (await entriesOf(company, granbacka, 'contacts', 'contact')).find((row) => row.id === id)?.bond.state,
    ).toBe('confirmed')
  })

  test('[K3] another account that uses it is answered as if it had never been used', async () => {
    const house = await withHouse()
    const [user, stranger] = [await house.signIn('P06'), await house.signIn('P25')]
    const command = user.message(erik, 'bond.confirm', { id: await waitingEmployment(user) })
    const [accepted] = await send(user, [command])
    const used = { ...stranger.message(erik, command.type, command.input), id: command.id }
    const fresh = { ...stranger.message(erik, command.type, command.input), id: v7() }
    const [asUsed, asFresh] = await send(stranger, [used, fresh])
    expect({ ...asUsed, at: '', id: '' }).toEqual({ ...asFresh, at: '', id: '' })
    expect(asUsed).toMatchObject({ status: 'refused', code: 'command/not-allowed' })
    expect((await send(user, [command]))[0]).toEqual(accepted)
  })
})

describe('the number of a device', () => {
  test('[K4] a new id under a number already used is refused, not kept, and changes nothing', async () => {
    const house = await withHouse()
    const user = await house.signIn('P06')
    const id = await waitingEmployment(user)
    await user.command(erik, 'account.choose-locale', { locale: 'en' })
    const low = { ...user.message(erik, 'bond.confirm', { id }), seq: 1 }
    const before = journalLength(house)
    expect((await send(user, [low]))[0]).toMatchObject({
      status: 'refused',
      code: 'command/out-of-order',
      rule: 'K4',
    })
    expect(journalLength(house)).toBe(before)
    // Not kept: under its right number the same command has its one fate still before it.
    expect((await send(user, [{ ...low, seq: 9 }]))[0]).toMatchObject({ status: 'accepted' })
  })

  test('[K4] another account cannot speak through a device', async () => {
    const house = await withHouse()
    const [user, stranger] = [await house.signIn('P06'), await house.signIn('P25')]
    await user.command(erik, 'account.choose-locale', { locale: 'en' })
    const message = { ...stranger.message(party('P25'), 'account.choose-locale', { locale: 'fi' }), seq: 50 }
    expect((await send(stranger, [message], user.device))[0]).toMatchObject({ code: 'command/out-of-order' })
    expect(await user.command(erik, 'account.choose-locale', { locale: 'de' })).toMatchObject({
      status: 'accepted',
    })
  })
})

test('[K2] the commands of a call are answered in their order, and one refused does not stop the next', async () => {
  const house = await withHouse()
  const user = await house.signIn('P06')
  const id = await waitingEmployment(user)
  const commands = [
    user.message(erik, 'bond.withdraw', { id }),
    user.message(erik, 'bond.confirm', { id }),
    user.message(erik, 'bond.confirm', { id }),
    user.message(erik, 'payer.choose', { payer: 'self', feeKind: '*' }),
    user.message(erik, 'no.such-thing', { id }),
  ]
  const results = await send(user, commands)
  expect(results.map((result) => result.id)).toEqual(commands.map((command) => command.id))
  expect(results.map(({ status, code }) => code ?? status)).toEqual([
    'bond/not-proposer',
    'accepted',
    'bond/already-answered',
    'accepted',
    'command/update-needed',
  ])
})

test('[K6] an unknown type and a later version are told to update, and kept', async () => {
  const house = await withHouse()
  const user = await house.signIn('P06')
  const commands = [
    user.message(erik, 'bond.teleport', { anything: [1, 2, 3] }),
    { ...user.message(erik, 'bond.confirm', { from: 'the future' }), version: 2 },
    user.message(erik, '__proto__', {}),
    user.message(erik, 'constructor', null),
  ]
  const results = await send(user, commands)
  for (const result of results)
    expect(result).toMatchObject({ status: 'refused', code: 'command/update-needed', rule: 'K6' })
  expect(await send(user, commands)).toEqual(results)
})

describe('who speaks', () => {
  test('[K7] nobody acts for a party that is not theirs, nor for the house', async () => {
    const house = await withHouse()
    const user = await house.signIn('P06')
    const id = await waitingEmployment(user)
    const before = journalLength(house)
    const wrong = [granbacka, party('P01'), party('KANSLI'), 'system', '__proto__', randomUUID()]
    const results = await send(
      user,
      wrong.map((as) => user.message(as, 'bond.confirm', { id })),
    )
    for (const result of results)
      expect(result).toMatchObject({ status: 'refused', code: 'command/not-allowed' })
    const [expire] = await send(user, [user.message(erik, 'bond.expire', { id })])
    expect(expire).toMatchObject({ status: 'refused', code: 'command/not-allowed' })
    expect(journalLength(house)).toBe(before)
  })
})

test('[K11] [K15] an accepted command names the number its documents have when its effect is in; a refused one moves nothing', async () => {
  const house = await withHouse()
  const user = await house.signIn('P06')
  const mine = await user.open(`me/${user.session.account}`)
  const id = await waitingEmployment(user)
  const before = mine.seq()
  expect(await user.command(erik, 'bond.withdraw', { id })).toMatchObject({
    status: 'refused',
    documents: [],
  })
  const accepted = await user.command(erik, 'bond.confirm', { id })
  expect(accepted.documents).toEqual([{ name: `me/${user.session.account}`, seq: before + 1 }])
  await mine.until((entries) =>
    entries.some((entry) => entry.kind === 'own' && entry.bond.state === 'confirmed'),
  )
  expect(mine.seq()).toBe(before + 1)
  mine.end()
})

test('[K15] a document that is built anew has at least the number an answer has promised of it', async () => {
  const house = await withHouse()
  const user = await house.signIn('P06')
  const name = `me/${user.session.account}`
  for (const locale of ['en', 'de', 'fi', 'nb', 'sv'])
    await user.command(erik, 'account.choose-locale', { locale })
  const accepted = await user.command(erik, 'bond.confirm', { id: await waitingEmployment(user) })
  const promised = accepted.documents.find((document) => document.name === name)!.seq
  await house.house.documents.reseed(name)
  const mine = await user.open(name)
  expect(mine.seq()).toBeGreaterThanOrEqual(promised)
  mine.end()
})
