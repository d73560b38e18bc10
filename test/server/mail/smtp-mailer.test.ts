import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { expect, onTestFinished, test } from 'vitest'
import { createMailQueue } from '#server/mail/mail-queue.ts'
import { createSmtpMailer } from '#server/mail/mailer.ts'
import { listeningLog } from '../small-house.ts'

/** A mail server on loopback that refuses as it is told and keeps what it takes. */
async function mailServer(refusals: readonly number[] = []) {
  const left = [...refusals]
  const mails: Email[] = []
  const recipients: string[] = []
  const keep = async (stream: Readable, done: () => void): Promise<void> => {
    mails.push(await PostalMime.parse(await buffer(stream)))
    done()
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (address, _session, done) => {
      const responseCode = left.shift()
      if (responseCode === undefined) {
        recipients.push(address.address)
        done()
      } else done(Object.assign(new Error(`not now, ${address.address}`), { responseCode }))
    },
    onData: (stream, _session, done) => void keep(stream, done),
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as AddressInfo
  const log = listeningLog()
  const mailer = createSmtpMailer({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: 'Handslag <noreply@handslag.example>',
  })
  return { mails, recipients, log, queue: createMailQueue({ mailer, log, firstPauseMs: 1 }) }
}

const mail = { to: 'p06@example.test', subject: 'En förfrågan väntar på ditt svar', text: 'Hej!\nÅkesson\n' }

test('a mail arrives with its words, from the house, to one receiver, as plain text', async () => {
  const { queue, mails, recipients } = await mailServer()
  queue.post(mail)
  await queue.idle()
  expect(recipients).toEqual(['p06@example.test'])
  expect(mails[0]).toMatchObject({
    subject: mail.subject,
    from: { name: 'Handslag', address: 'noreply@handslag.example' },
  })
  expect(mails[0]!.text!.trim()).toBe(mail.text.trim())
  expect(mails[0]!.html).toBeUndefined()
})

test('a name with line breaks cannot add a header or a receiver', async () => {
  const { queue, mails, recipients } = await mailServer()
  queue.post({ ...mail, subject: 'Hej\r\nBcc: p01@example.test\r\n\r\n<script>' })
  await queue.idle()
  expect(recipients).toEqual(['p06@example.test'])
  expect(mails[0]!.bcc).toBeUndefined()
})

test('what is refused for now is tried again, and arrives once', async () => {
  const { queue, mails } = await mailServer([451, 421])
  queue.post(mail)
  await queue.idle()
  expect(mails).toHaveLength(1)
})

test('a last word is taken as one, and the log does not name whom it was about', async () => {
  const { queue, mails, log } = await mailServer([550])
  queue.post(mail)
  queue.post({ ...mail, to: 'p01@example.test' })
  await queue.idle()
  expect(mails).toHaveLength(1)
  expect(log.lines().map((line) => line['msg'])).toEqual(['mail given up'])
  expect(log.raw()).not.toContain('@example')
})
