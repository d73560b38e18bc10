import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { party } from '../harness/start-house.ts'
import { createActs } from './acts.ts'
import { eventually, withDevice } from './real-device.ts'
import { entriesOf, withHouse } from './with-house.ts'

const [fyrbaken, granbacka] = [party('ORG-FYR'), party('C-GRAN')]
/** Granbacka's people but Milla (P05), whom Fyrbåken also pays for directly. */
const others = ['Anna-Karin Sjöö', 'Susanna Ek', 'Sanna Öberg', 'Johan Hedlund']
const milla = 'Milla Virtanen Ek'

test('AC-5 a tablet that comes back erases the people of a membership that ended before anything else is applied', async () => {
  const house = await withHouse()
  const acts = createActs(house)
  const [onTablet, onWeb] = [await house.signIn('P31'), await house.signIn('P31')]
  const tablet = await withDevice(house, onTablet, fyrbaken)
  const contacts = () => tablet.rows('contacts')()
  const payers = () => tablet.rows('payers')()
  const through = () => contacts().filter((entry) => entry.kind === 'via' && entry.company.id === granbacka)
  await eventually(() => expect(through()).toHaveLength(5))
  await eventually(() => expect(payers().length).toBeGreaterThan(0))
  await eventually(() => expect(tablet.connection().state).toBe('live'))
  await tablet.save()
  const held = await tablet.disk()
  for (const name of [...others, milla]) expect(held).toContain(name)
  expect(held).toContain('p02@example.test')

  tablet.link.cut()
  await eventually(() => expect(tablet.connection().state).not.toBe('live'))
  const membership = (await entriesOf(onWeb, fyrbaken, 'base', 'membership')).find(
    ({ bond }) => bond.a === granbacka,
  )!
  expect(await acts.act(onWeb, fyrbaken, 'bond.end', { id: membership.id })).toMatchObject({
    status: 'accepted',
  })
  // Something new that the tablet has not heard of either.
  const news = randomUUID()
  const other = { person: { name: 'Nya Namnet', nationalId: { country: 'SE', value: '200202172391' } } }
  expect(await acts.act(onWeb, fyrbaken, 'bond.propose', { id: news, type: 'other', other })).toMatchObject({
    status: 'accepted',
  })
  expect(through()).toHaveLength(5)

  // First contact by calls alone: the socket that would bring what is new does not open yet.
  tablet.link.asked.length = 0
  tablet.link.mend({ sockets: false })
  tablet.wake()
  await eventually(() => expect(through()).toEqual([]))
  expect(contacts().some(({ id }) => id === news)).toBe(false)
  expect(tablet.link.asked[0]).toBe('/api/documents/handshake')
  expect(JSON.stringify([contacts(), payers(), tablet.rows('base')()])).not.toMatch(
    new RegExp(others.join('|')),
  )
  await eventually(async () => {
    const disk = await tablet.disk()
    for (const name of others) expect(disk).not.toContain(name)
    expect(disk).not.toContain('p02@example.test')
  })

  tablet.link.mend()
  tablet.wake()
  await eventually(() => expect(contacts().some(({ id }) => id === news)).toBe(true))
  expect(through()).toEqual([])
  // Milla has said yes to being paid for: name and number in the billing list, nothing else.
  const row = payers().find((entry) => entry.kind === 'billing' && entry.person?.name === milla)
  expect(row).toMatchObject({ via: null, used: true, person: { name: milla, protectedIdentity: false } })
  expect(Object.keys((row as { person: object }).person).sort()).toEqual([
    'name',
    'nationalId',
    'protectedIdentity',
  ])
  expect(contacts().some((entry) => JSON.stringify(entry).includes(milla))).toBe(false)
  await acts.checkAudit()
})

test('AC-5 while the tablet is in contact the people go at once', async () => {
  const house = await withHouse()
  const [onTablet, company] = [await house.signIn('P31'), await house.signIn('P01')]
  const tablet = await withDevice(house, onTablet, fyrbaken)
  const through = () =>
    tablet
      .rows('contacts')()
      .filter((entry) => entry.kind === 'via' && entry.company.id === granbacka)
  await eventually(() => expect([through().length, tablet.connection().state]).toEqual([5, 'live']))
  // The company ends it: either side may.
  const membership = (await entriesOf(company, granbacka, 'base', 'membership')).find(
    ({ bond }) => bond.b === fyrbaken,
  )!
  const asked = performance.now()
  expect(await company.command(granbacka, 'bond.end', { id: membership.id })).toMatchObject({
    status: 'accepted',
  })
  await eventually(() => expect(through()).toEqual([]))
  expect(performance.now() - asked).toBeLessThan(5000)
})
