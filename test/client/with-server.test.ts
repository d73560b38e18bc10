import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OwnBondEntry } from '#shared/documents/entries.ts'
import { startHouse, type TestHouse } from '../harness/start-house.ts'
import { eventually } from './device-of.ts'
import { deviceOn, type LinkedDevice } from './device-on-server.ts'

let house: TestHouse
const devices: LinkedDevice[] = []
beforeAll(async () => {
  house = await startHouse()
}, 30_000)
afterAll(async () => {
  for (const { device } of devices) device.stop()
  await house.end()
})

describe('a device and the house', () => {
  test('agree: what the device shows is what the documents hold, and nothing new costs next to nothing', async () => {
    const user = await house.signIn('p01')
    const linked = await deviceOn(house.url, user)
    devices.push(linked)
    await eventually(() => expect(linked.device.connection().state).toBe('live'))
    let compared = 0
    for (const role of user.session.roles) {
      linked.device.chooseRole(role.party)
      for (const { view } of await user.documents(role.party)) {
        const name = view as 'me' | 'base' | 'contacts' | 'payers'
        await eventually(() => expect(linked.device.viewState(name)()).toBe('live'))
        const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)
        expect([...linked.device.rows(name)()].toSorted(byId)).toEqual(
          [...(await user.read(role.party, name))].toSorted(byId),
        )
        compared += 1
      }
    }
    expect(compared).toBeGreaterThan(3)
    await linked.device.save()
    linked.kill()
    const again = await deviceOn(house.url, user, { indexedDB: linked.indexedDB })
    devices.push(again)
    await eventually(() => expect(again.device.connection().state).toBe('live'))
    expect(again.link.receivedBytes()).toBeLessThan(3000)
  })

  test('a handshake answered without a network is decided when the link is back, and the other side sees it', async () => {
    const everyone = await Promise.all(
      Array.from({ length: 12 }, (_, index) => house.signIn(`p${String(index + 1).padStart(2, '0')}`)),
    )
    let asked: { user: (typeof everyone)[number]; entry: OwnBondEntry } | undefined
    for (const user of everyone) {
      const me = user.session.person.id
      const rows = await user.read(me, 'me')
      const entry = rows.find(
        (row): row is OwnBondEntry =>
          row.kind === 'own' &&
          row.bond.state === 'proposed' &&
          row.bond.proposedBy === 'b' &&
          row.bond.a === me,
      )
      if (entry !== undefined) asked = { user, entry }
    }
    if (asked === undefined) throw new Error('the demo world has nobody who is asked')
    const { user, entry } = asked
    const { device: phone, link, indexedDB, kill } = await deviceOn(house.url, user)
    phone.chooseRole(user.session.person.id)
    await eventually(() => expect(phone.connection().state).toBe('live'))
    await phone.save()
    link.cut()
    const answer = await phone.dispatch({
      type: 'bond.confirm',
      input: { id: entry.id },
      about: [entry.id],
      label: '',
    })
    expect(answer.ok).toBe(true)
    expect(phone.outbox().map(({ state }) => state)).toEqual(['queued'])
    // The tab is killed in the garage; the work is not.
    kill()
    const again = await deviceOn(house.url, user, { indexedDB })
    devices.push(again)
    await eventually(() => expect(again.device.outbox()).toEqual([]))
    const confirmed = () =>
      again.device
        .rows('me')()
        .find((row): row is OwnBondEntry => row.kind === 'own' && row.id === entry.id)
    await eventually(() => expect(confirmed()?.bond.state).toBe('confirmed'))
    // Asked again, it is refused on the device by the rule, and nothing is sent.
    again.device.chooseRole(user.session.person.id)
    const twice = await again.device.dispatch({
      type: 'bond.confirm',
      input: { id: entry.id },
      about: [entry.id],
      label: '',
    })
    expect(twice.ok).toBe(false)
  })
})
