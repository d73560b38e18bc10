import { expect, test } from 'vitest'
import { createMailQueue } from '#server/mail/mail-queue.ts'
import type { Mail } from '#server/mail/mailer.ts'
import { listeningLog } from '../small-house.ts'

const mail = (to: string): Mail => ({ to, subject: '', text: '' })

test('posting waits for nothing: the mail leaves after the caller’s turn', async () => {
  const sent: string[] = []
  const queue = createMailQueue({
    mailer: { send: async ({ to }) => void sent.push(to) },
    log: listeningLog(),
  })
  queue.post(mail('p06'))
  await Promise.resolve()
  expect(sent).toEqual([])
  await queue.idle()
  expect(sent).toEqual(['p06'])
})

test('one that is tried again does not hold up the others, and after six tries it is given up', async () => {
  const tries: string[] = []
  const log = listeningLog()
  const send = async ({ to }: Mail) => {
    tries.push(to)
    if (to === 'dead') throw new Error('no route to dead@example.test')
  }
  const queue = createMailQueue({ mailer: { send }, log, firstPauseMs: 0.1 })
  for (const to of ['dead', 'p01', 'p06']) queue.post(mail(to))
  await queue.idle()
  expect(tries.slice(0, 3)).toEqual(['dead', 'p01', 'p06'])
  expect(tries.filter((to) => to === 'dead')).toHaveLength(6)
  expect(log.lines().at(-1)).toMatchObject({ msg: 'mail given up', attempt: 6 })
  expect(log.raw()).not.toContain('dead@')
})

test('a dead mail server costs bounded memory', async () => {
  let release = () => undefined as void
  const stuck = new Promise<void>((resolve) => (release = resolve))
  let sent = 0
  const log = listeningLog()
  const queue = createMailQueue({ mailer: { send: () => stuck.then(() => void (sent += 1)) }, log })
  for (let n = 0; n < 1500; n += 1) queue.post(mail(`${n}`))
  release()
  await queue.idle()
  expect(sent).toBe(1000)
  expect(log.lines().filter((line) => line['msg'] === 'mail dropped: too many waiting')).toHaveLength(500)
})

test('stopped, it sends no more and is idle', async () => {
  const sent: string[] = []
  const queue = createMailQueue({
    mailer: { send: async ({ to }) => void sent.push(to) },
    log: listeningLog(),
  })
  queue.post(mail('p06'))
  queue.stop()
  queue.post(mail('p01'))
  await queue.idle()
  expect(sent).toEqual([])
})
