import { expect, test } from 'vitest'
import { systemActor } from '#shared/access/actor.ts'
import type { Organisation } from '#shared/parties/model.ts'
import { party, type TestHouse } from '../harness/start-house.ts'
import { createActs } from './acts.ts'
import { withDevice, eventually } from './real-device.ts'
import { entriesOf, withHouse } from './with-house.ts'

/** A change of an organisation's own data, as the office would enter it; there is no command for it yet. */
async function enter(house: TestHouse, id: string, change: Partial<Organisation>): Promise<void> {
  const { id: _, rev: __, ...organisation } = { ...house.store.facts.get('organisation', id)!, ...change }
  await house.house.execute.record(systemActor, house.clock.now(), [
    { type: 'organisationEntered', kind: 'organisation', id, organisation },
  ])
}

const walled = [
  'person.status',
  'person.licence',
  'person.booking',
  'person.documents',
  'contacts.filter',
  'contacts.export',
  'register.shown',
]

test('AC-12 a simple company user searches its own contacts, and has neither rights nor data behind the wall', async () => {
  const house = await withHouse()
  const acts = createActs(house)
  const britta = await house.signIn('P11')
  const sjovik = party('C-SJO')
  const role = britta.session.roles.find((one) => one.party === sjovik)!
  expect(role.tier).toBe('CU')
  expect(role.rights).toContain('contacts.search')
  for (const right of walled) expect(role.rights).not.toContain(right)

  // Every direct link to what is another's is as absent as one to nothing.
  for (const name of [
    `org/${party('C-NORR')}/contacts`,
    `me/${(await house.signIn('P12')).session.account}`,
    `org/${sjovik}/documents`,
  ]) {
    expect((await britta.fetch(`/api/documents/copy?name=${encodeURIComponent(name)}`)).status).toBe(404)
    await expect(britta.open(name)).rejects.toThrow('closed 4404')
  }
  expect((await britta.fetch(`/api/export?as=${sjovik}`)).status).toBe(404)

  // What the device holds has no field of status, licence, booking or documents.
  const device = await withDevice(house, britta, sjovik)
  await eventually(() => expect(device.rows('contacts')().length).toBeGreaterThan(1))
  await device.save()
  const disk = await device.disk()
  expect(disk).toContain('Nils Fagerström')
  expect(disk).not.toMatch(/"(?:status|licences?|bookings?|registration|certificates?)"\s*:/)
  expect(
    await acts.act(britta, sjovik, 'bond.freeze', { id: device.rows('contacts')()[0]!.id, reason: 'x' }),
  ).toMatchObject({
    status: 'refused',
    code: 'bond/unknown',
  })
  await acts.checkAudit()
})

test('AC-12 a session from when the company was affiliated has the rights of today', async () => {
  const house = await withHouse()
  const user = await house.signIn('P13')
  const bjorkudden = party('C-BJORK')
  const rightsNow = async () => {
    const body = (await (await user.fetch('/api/session')).json()) as typeof user.session
    return body.roles.find((role) => role.party === bjorkudden)?.rights ?? []
  }
  expect(await rightsNow()).toContain('contacts.export')
  const mine = await user.open(`me/${user.session.account}`)
  await enter(house, bjorkudden, { tier: 'CU' })
  await mine.until((entries) =>
    entries.some((entry) => entry.kind === 'role' && entry.id === bjorkudden && entry.tier === 'CU'),
  )
  for (const right of walled) expect(await rightsNow()).not.toContain(right)
  // Without any agreement nothing is left of the organisation's documents, though the session is the same.
  const contacts = await user.open(`org/${bjorkudden}/contacts`)
  await enter(house, bjorkudden, { tier: null })
  expect(await contacts.closed).toBe(4403)
  expect(await user.documents(bjorkudden)).toEqual([expect.objectContaining({ view: 'me' })])
  const bond = (await entriesOf(user, party('P13'), 'me', 'own'))[0]!
  expect(await user.command(bjorkudden, 'bond.end', { id: bond.id })).toMatchObject({
    status: 'refused',
    code: 'bond/not-allowed',
  })
  mine.end()
  contacts.end()
})
