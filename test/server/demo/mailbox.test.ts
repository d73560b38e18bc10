import { expect, test } from 'vitest'
import { createMailbox } from '#server/demo/mailbox.ts'

function mailbox(maxMails?: number) {
  let second = 0
  const now = () => new Date(Date.parse('2026-11-23T08:00:00Z') + 1000 * second++).toISOString()
  return createMailbox(maxMails === undefined ? { now } : { now, maxMails })
}

test('the newest mail comes first, and only one’s own when asked for', async () => {
  const box = mailbox()
  await box.send({ to: 'P06@example.test', subject: 'one', text: 'first' })
  await box.send({ to: 'p01@example.test', subject: 'two', text: 'second' })
  await box.send({ to: 'p06@example.test', subject: 'three', text: 'third' })
  const list = async (query: string) => (await box.routes.request(`/dev/mailbox.json${query}`)).json()
  expect(await list('?to=p06@example.test')).toEqual([
    { to: 'p06@example.test', subject: 'three', text: 'third', at: '2026-11-23T08:00:02.000Z' },
    { to: 'P06@example.test', subject: 'one', text: 'first', at: '2026-11-23T08:00:00.000Z' },
  ])
  expect(await list('')).toHaveLength(3)
})

test('it is bounded', async () => {
  const box = mailbox(3)
  for (let n = 0; n < 10; n += 1) await box.send({ to: 'p06@example.test', subject: `${n}`, text: '' })
  const mails = await (await box.routes.request('/dev/mailbox.json')).json()
  expect(mails.map((mail: { subject: string }) => mail.subject)).toEqual(['9', '8', '7'])
})

test('the page shows what was written as text', async () => {
  const box = mailbox()
  const attack = '</pre><script>alert(1)</script>"><img src=x onerror=alert(1)>'
  await box.send({ to: 'p06@example.test', subject: attack, text: attack })
  const page = await (
    await box.routes.request(`/dev/mailbox?to=${encodeURIComponent('p06@example.test')}`)
  ).text()
  expect(page).toContain('&lt;script&gt;')
  expect(page).not.toMatch(/<script|<img|style=/)
  const empty = await (await box.routes.request(`/dev/mailbox?to=${encodeURIComponent(attack)}`)).text()
  expect(empty).not.toMatch(/<script|<img/)
})
