import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { systemActor } from '#shared/access/actor.ts'
import type { OrganisationKind } from '#shared/parties/model.ts'
import { party, type TestHouse } from '../harness/start-house.ts'
import { createActs } from './acts.ts'
import { withDevice, eventually } from './real-device.ts'
import { entriesOf, withHouse } from './with-house.ts'

const [granbacka, bjorkudden] = [party('C-GRAN'), party('C-BJORK')]
const hugo = { person: { name: 'Hugo Blom', nationalId: { country: 'SE', value: '20020217-2391' } } }

/** The kind of an organisation is changed by the office; there is no command for it yet. */
async function becomes(house: TestHouse, id: string, kind: OrganisationKind): Promise<void> {
  const { id: _, rev: __, ...organisation } = { ...house.store.facts.get('organisation', id)!, kind }
  await house.house.execute.record(systemActor, house.clock.now(), [
    { type: 'organisationEntered', kind: 'organisation', id, organisation },
  ])
}

test('AC-28 a brokerage that asks for a tied agent is refused with the reason, on the device and by the house', async () => {
  const house = await withHouse()
  const acts = createActs(house)
  const user = await house.signIn('P01')
  const input = { id: randomUUID(), type: 'tied_agent', other: hugo }
  expect(await acts.act(user, granbacka, 'bond.propose', input)).toMatchObject({
    status: 'refused',
    code: 'bond/type-not-allowed',
    rule: 'B4',
    params: { obstacle: 'securities-firm' },
  })
  expect(house.store.facts.get('bond', input.id)).toBeUndefined()
  const device = await withDevice(house, user, granbacka)
  await eventually(() => expect(device.connection().state).toBe('live'))
  const answer = await device.dispatch({ type: 'bond.propose', input, about: [input.id], label: 'Hugo Blom' })
  expect(answer).toMatchObject({
    ok: false,
    refusal: { code: 'bond/type-not-allowed', params: { obstacle: 'securities-firm' } },
  })
  expect(device.outbox()).toEqual([])
  expect(device.link.sent).toEqual([])
  await acts.checkAudit()
})

test('AC-28 when a securities firm becomes a brokerage, what waits is refused, what stands is not deleted', async () => {
  const house = await withHouse()
  const acts = createActs(house)
  const [firm, person] = [await house.signIn('P13'), await house.signIn('P25')]
  const id = randomUUID()
  expect(
    await acts.act(firm, bjorkudden, 'bond.propose', { id, type: 'tied_agent', other: hugo }),
  ).toMatchObject({ status: 'accepted' })
  await becomes(house, bjorkudden, 'brokerage')
  expect(await acts.act(person, party('P25'), 'bond.confirm', { id })).toMatchObject({
    status: 'refused',
    code: 'bond/type-not-allowed',
    rule: 'B22',
    params: { obstacle: 'securities-firm' },
  })
  // It still waits, and can be declined or taken back.
  expect(
    (await entriesOf(person, party('P25'), 'me', 'own')).find((entry) => entry.id === id)?.bond.state,
  ).toBe('proposed')
  expect(await acts.act(firm, bjorkudden, 'bond.withdraw', { id })).toMatchObject({ status: 'accepted' })
  const standing = (await entriesOf(firm, bjorkudden, 'contacts', 'contact')).find(
    ({ bond }) => bond.type === 'tied_agent' && bond.state === 'confirmed',
  )
  expect(standing?.person?.name).toBe('Axel Norrby')
  await acts.checkAudit()
})
