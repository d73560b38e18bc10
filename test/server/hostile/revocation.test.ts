import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { StaffRole } from '#shared/parties/model.ts'
import { party, type TestHouse } from '../../harness/start-house.ts'
import { entriesOf, send, withHouse } from '../../scenarios/with-house.ts'
import { controlFrame, type ControlFrame } from './control-frame.ts'

function staffRoleOf(house: TestHouse, account: string): string {
  return house.store.facts
    .find('staffRole', 'account', account)
    .find((role: StaffRole) => role.state === 'active')!.id
}

const fyrbaken = party('ORG-FYR')

test('[A2] a role that is taken away takes its open documents with it: 4403, and not a byte after the commit', async () => {
  const house = await withHouse()
  const [hedda, jens, greta] = [
    await house.signIn('P31'),
    await house.signIn('P32'),
    await house.signIn('P07'),
  ]
  const documents = await Promise.all(
    ['base', 'contacts', 'payers'].map((view) => jens.open(`org/${fyrbaken}/${view}`)),
  )
  const mine = await jens.open(`me/${jens.session.account}`)
  const updates: number[] = []
  for (const [index, { doc }] of documents.entries()) doc.on('update', () => updates.push(index))

  // In one turn: the removal, a change that shows in those documents, and a command of the one who is removed.
  const membership = (await entriesOf(hedda, fyrbaken, 'base', 'membership')).find(
    ({ bond }) => bond.state === 'proposed',
  )!
  const [removed, confirmed, late] = await Promise.all([
    send(hedda, [hedda.message(fyrbaken, 'role.remove', { id: staffRoleOf(house, jens.session.account) })]),
    send(hedda, [hedda.message(fyrbaken, 'bond.confirm', { id: membership.id })]),
    send(jens, [jens.message(fyrbaken, 'bond.decline', { id: membership.id })]),
  ])
  expect(removed[0]).toMatchObject({ status: 'accepted' })
  expect(await Promise.all(documents.map(({ closed }) => closed))).toEqual([4403, 4403, 4403])
  // Whatever came first, exactly one of the two answers to the membership counts; a removed one speaks no more.
  const outcomes = [confirmed[0]!, late[0]!].map(({ status, code }) => code ?? status)
  expect(outcomes).toContain('accepted')
  expect(outcomes.some((outcome) => ['command/not-allowed', 'bond/already-answered'].includes(outcome))).toBe(
    true,
  )

  // The person's own document lives on and has heard.
  await mine.until((entries) => !entries.some((entry) => entry.kind === 'role' && entry.id === fyrbaken))
  const count = updates.length
  // Greta's company is a member by now, or not; this shows in the organisation's documents in any case.
  await greta.command(party('C-TALL'), 'bond.propose', {
    id: '0190163d-8694-439b-aea5-966c26f8ad99',
    type: 'other',
    other: { party: party('P10') },
  })
  await hedda.command(fyrbaken, 'account.choose-locale', { locale: 'en' })
  expect(updates).toHaveLength(count)
  await expect(jens.open(`org/${fyrbaken}/contacts`)).rejects.toThrow('closed 4404')
  expect((await jens.fetch(`/api/documents/copy?name=org/${fyrbaken}/contacts`)).status).toBe(404)
  mine.end()
  for (const document of documents) document.end()
})

test('a shared socket is told which documents are closed, and stays open for the others', async () => {
  const house = await withHouse()
  const [hedda, jens] = [await house.signIn('P31'), await house.signIn('P32')]
  const ws = new WebSocket(`${house.url.replace('http', 'ws')}/sync`, { headers: { cookie: jens.cookie } })
  const frames: ControlFrame[] = []
  const until = async (condition: () => boolean) => {
    for (let wait = 0; wait < 200 && !condition(); wait += 1)
      await new Promise((resolve) => setTimeout(resolve, 10))
    expect(condition()).toBe(true)
  }
  ws.on('message', (data, binary) => {
    if (!binary) frames.push(controlFrame(data))
  })
  await new Promise((resolve) => ws.on('open', resolve))
  const names = [`me/${jens.session.account}`, `org/${fyrbaken}/base`, `org/${fyrbaken}/contacts`]
  for (const open of names) ws.send(JSON.stringify({ open }))
  await until(() => frames.filter((frame) => 'opened' in frame).length === 3)
  await hedda.command(fyrbaken, 'role.remove', { id: staffRoleOf(house, jens.session.account) })
  await until(() => frames.filter((frame) => 'closed' in frame).length === 2)
  expect(frames.filter((frame) => 'closed' in frame)).toEqual(
    expect.arrayContaining(names.slice(1).map((closed) => ({ closed, code: 4403 }))),
  )
  expect(ws.readyState).toBe(ws.OPEN)
  ws.terminate()
})

test('signing out closes the sockets of that session with 4401 at once, and no other', async () => {
  const house = await withHouse()
  const [here, there] = [await house.signIn('P06'), await house.signIn('P06')]
  const name = `me/${here.session.account}`
  const [one, other] = [await here.open(name), await there.open(name)]
  const asked = performance.now()
  await here.fetch('/api/session', { method: 'DELETE' })
  expect(await one.closed).toBe(4401)
  expect(performance.now() - asked).toBeLessThan(5000)
  await there.command(party('P06'), 'account.choose-locale', { locale: 'en' })
  await other.until((entries) => entries.some((entry) => entry.kind === 'account' && entry.locale === 'en'))
  other.end()
})

test('shutting and opening a document again at once leaves one listener, whatever was still loading', async () => {
  const house = await withHouse()
  const user = await house.signIn('P31')
  const name = `org/${fyrbaken}/contacts`
  const ws = new WebSocket(`${house.url.replace('http', 'ws')}/sync`, { headers: { cookie: user.cookie } })
  await new Promise((resolve) => ws.on('open', resolve))
  const opened = new Promise<void>((resolve) =>
    ws.on('message', (data, binary) => {
      if (!binary && 'opened' in controlFrame(data)) resolve()
    }),
  )
  for (let again = 0; again < 5; again += 1) {
    ws.send(JSON.stringify({ open: name }))
    if (again < 4) ws.send(JSON.stringify({ shut: name }))
  }
  await opened
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect((await house.house.documents.open(name))!.sockets.size).toBe(1)
  ws.terminate()
})
