import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { v7 as uuid } from 'uuid'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { realClock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import { createMailbox } from '#server/demo/mailbox.ts'
import { run, type Running } from '#server/run.ts'
import {
  accountOf,
  annaKarin,
  erik,
  granbacka,
  listeningLog,
  put,
  temporaryFolder,
  worksFor,
} from './small-house.ts'

const root = resolve(import.meta.dirname, '../..')
const shell = promisify(execFile)

/** The whole house on a free port, with two who can sign in. */
async function house() {
  const folder = temporaryFolder()
  const log = listeningLog()
  const mailbox = createMailbox({ now: realClock().now })
  const start = async (): Promise<Running> => {
    const running = await run({
      config: readConfig({ PORT: '0', DATA_DIR: folder }, { demo: true }),
      clock: realClock(),
      log,
      mailer: mailbox,
      routes: [mailbox.routes],
    })
    let stopped = false
    const once = { ...running, stop: async () => (stopped ? undefined : ((stopped = true), running.stop())) }
    onTestFinished(once.stop)
    return once
  }
  const running = await start()
  await put(
    running.store,
    ['organisation', granbacka],
    ['person', annaKarin],
    ['person', erik],
    ['account', accountOf(annaKarin)],
    ['account', accountOf(erik)],
    ['staffRole', worksFor(annaKarin, granbacka)],
  )
  return { folder, log, start, running, ...visitor(running) }
}

function visitor({ listening: { address } }: Running) {
  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(address.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const codeFor = async (email: string): Promise<string> => {
    await send('POST', '/api/session/code', { email })
    for (;;) {
      const mails: { text: string }[] = await (await send('GET', `/dev/mailbox.json?to=${email}`)).json()
      const code = /^\d{8}$/m.exec(mails[0]?.text ?? '')
      if (code !== null) return code[0]
      await new Promise((later) => setTimeout(later, 5))
    }
  }
  const signIn = async (email: string): Promise<string> => {
    const answer = await send('POST', '/api/session', { email, code: await codeFor(email) })
    return answer.headers.getSetCookie()[0]!.split(';')[0]!
  }
  return { send, codeFor, signIn, socket: address.url.replace('http', 'ws') }
}

const proposal = (number: string) => ({
  device: uuid(),
  commands: [
    {
      id: uuid(),
      seq: 1,
      as: 'o-gran',
      type: 'bond.propose',
      version: 1,
      input: {
        id: uuid(),
        type: 'employed',
        other: { person: { name: 'Canary Åkesson', nationalId: { country: 'SE', value: number } } },
      },
    },
  ],
})

/** The code with which an upgrade ends, or the HTTP status by which it was refused. */
function outcomeOf(url: string, headers: Record<string, string>): Promise<string> {
  return new Promise((tell) => {
    const socket = new WebSocket(url, { headers })
    onTestFinished(() => socket.terminate())
    socket.on('unexpected-response', (_request, response) => tell(`HTTP ${response.statusCode}`))
    socket.on('close', (code) => tell(`closed ${code}`))
    socket.on('error', () => undefined)
    socket.on('open', () => tell('open'))
  })
}

let here: Awaited<ReturnType<typeof house>>
beforeEach(async () => {
  here = await house()
})

test('every kind of door of the running house carries the headers, also those without a session', async () => {
  for (const path of [
    '/',
    '/healthz',
    '/readyz',
    '/api/openapi.json',
    '/api/session',
    '/api/documents?as=x',
    '/api/x',
    '/dev/mailbox',
    '/assets/x.js',
  ]) {
    const { headers } = await here.send('GET', path)
    expect([path, headers.get('content-security-policy')]).toEqual([
      path,
      expect.stringMatching(/^default-src 'none';.*trusted-types/),
    ])
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff'])
  }
  for (const path of ['/api/commands', '/api/documents/handshake', '/api/session/code']) {
    const { headers } = await here.send('POST', path, {})
    expect([path, headers.get('cross-origin-resource-policy'), headers.get('cache-control')]).toEqual([
      path,
      'same-origin',
      'no-store',
    ])
  }
})

describe('a WebSocket', () => {
  test.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])(
    'from %s is refused with a cookie that is right',
    async (origin) => {
      const cookie = await here.signIn('p06@example.test')
      for (const path of ['/sync/me/a-p-06', '/sync', '/sync/nothing']) {
        expect(await outcomeOf(here.socket + path, { cookie, origin })).toBe('HTTP 403')
      }
    },
  )

  test('of a session that is ended closes within a second with 4401', async () => {
    const cookie = await here.signIn('p06@example.test')
    const socket = new WebSocket(`${here.socket}/sync/me/a-p-06`, {
      headers: { cookie, origin: here.running.listening.address.url },
    })
    onTestFinished(() => socket.terminate())
    await new Promise((open) => socket.once('open', open))
    const closed = new Promise<number>((tell) => socket.once('close', tell))
    const startedMs = performance.now()
    await here.send('DELETE', '/api/session?everywhere=1', undefined, { cookie })
    expect(await closed).toBe(4401)
    expect(performance.now() - startedMs).toBeLessThan(1000)
  })
})

test('a request travels as a mail to the person, and neither log nor answer nor mail carries the number', async () => {
  const cookie = await here.signIn('p01@example.test')
  const answer = await here.send('POST', '/api/commands', proposal('19980228-2393'), { cookie })
  const body = await answer.json()
  expect(body.results[0]).toMatchObject({ status: 'accepted' })
  await expect
    .poll(
      async () =>
        (await (await here.send('GET', '/dev/mailbox.json?to=p06@example.test')).json())[0]?.subject,
    )
    .toBe('En förfrågan väntar på ditt svar')
  const mails = await (await here.send('GET', '/dev/mailbox.json?to=p06@example.test')).text()
  expect(JSON.stringify(body) + mails + here.log.raw()).not.toMatch(/2393|Canary/)
  expect(mails).toContain(`${here.running.listening.address.url}/mina-sidor`)
  const refused = await here.send('POST', '/api/commands', { device: 'Canary', commands: [] }, { cookie })
  expect((await refused.text()) + here.log.raw()).not.toContain('Canary')
  expect(here.log.raw()).not.toMatch(/example\.test|Granbacka|Erik/)
})

test('guesses from one place are counted by its socket, whatever it says of itself', async () => {
  const statuses: number[] = []
  for (let guess = 0; guess < 70; guess += 1) {
    const email = `nobody${guess}@example.test`
    const headers = { 'x-forwarded-for': `198.51.100.${guess}` }
    statuses.push((await here.send('POST', '/api/session', { email, code: '12345678' }, headers)).status)
  }
  expect(statuses.slice(0, 60)).toEqual(Array(60).fill(401))
  expect(statuses.at(-1)).toBe(429)
})

test('backed up while it runs, and restored once it has stopped: the people are back and sign in anew or stay', async () => {
  const cookie = await here.signIn('p01@example.test')
  const file = join(temporaryFolder(), 'copy.sqlite')
  const env = { ...process.env, DATA_DIR: here.folder, INIT_CWD: '' }
  await shell(process.execPath, ['server/backup/backup-main.ts', file], { cwd: root, env })
  await here.send('POST', '/api/commands', proposal('19980228-2393'), { cookie })
  const restoring = () => shell(process.execPath, ['server/backup/restore-main.ts', file], { cwd: root, env })
  await expect(restoring()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('is in use') })
  await here.running.stop()
  await restoring()
  const again = await here.start()
  const back = visitor(again)
  expect((await back.send('GET', '/api/session', undefined, { cookie })).status).toBe(200)
  expect(again.store.db.prepare('SELECT count(*) FROM bond').pluck().get()).toBe(0)
})
