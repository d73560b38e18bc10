import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { party, startHouse, type TestHouse } from '../../harness/start-house.ts'
import type { User } from '../../harness/user.ts'
import { journalLength } from '../../scenarios/with-house.ts'

let house: TestHouse
let user: User
beforeAll(async () => {
  house = await startHouse()
  user = await house.signIn('P06')
})
afterAll(() => house.end())

/** What an upgrade comes to: a socket, or the status it was refused with. */
function upgrade(path: string, headers: Record<string, string>): Promise<'open' | number> {
  return new Promise((resolve) => {
    const ws = new WebSocket(house.url.replace('http', 'ws') + path, {
      headers: { cookie: user.cookie, ...headers },
    })
    ws.on('error', () => undefined)
    ws.on('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    ws.on('open', () => {
      resolve('open')
      ws.terminate()
    })
  })
}

const foreign = () => {
  const { port } = new URL(house.url)
  return [
    'https://evil.example',
    'null',
    '',
    `http://127.0.0.1:${Number(port) + 1}`,
    `https://127.0.0.1:${port}`,
    `http://127.0.0.1:${port}.evil.example`,
    `http://evil.example/127.0.0.1:${port}`,
    `http://127.0.0.1:${port}/`,
    `HTTP://127.0.0.1:${port}`,
  ]
}

test('a page of another origin opens no socket with our cookie', async () => {
  const paths = ['/sync', `/sync/me/${user.session.account}`, '/sync/nothing']
  for (const path of paths) {
    for (const origin of foreign())
      expect([path, origin, await upgrade(path, { origin })]).toEqual([path, origin, 403])
  }
})

test('our own pages do, and programs that are no browser', async () => {
  const { port } = new URL(house.url)
  for (const origin of [house.url, `http://localhost:${port}`])
    expect(await upgrade('/sync', { origin })).toBe('open')
  expect(await upgrade('/sync', {})).toBe('open')
  expect(await upgrade('/elsewhere', {})).toBe(404)
})

test('what a foreign page can send without asking changes nothing', async () => {
  const command = () =>
    JSON.stringify({
      device: user.device,
      commands: [user.message(party('P06'), 'account.choose-locale', { locale: 'fi' })],
    })
  const before = journalLength(house)
  const sessions = () => house.store.db.prepare('SELECT count(*) AS n FROM session').get()
  const sessionsBefore = sessions()
  const post = (path: string, headers: Record<string, string>, body: string, method = 'POST') =>
    new Promise<number>((resolve, reject) => {
      const asked = request(
        house.url + path,
        { method, headers: { cookie: user.cookie, ...headers } },
        (answer) => {
          answer.resume()
          resolve(answer.statusCode ?? 0)
        },
      )
      asked.on('error', reject)
      asked.end(body)
    })
  for (const origin of foreign()) {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      expect(await post('/api/commands', { origin, 'content-type': type }, command())).toBe(403)
      expect(
        await post('/api/session/code', { origin, 'content-type': type }, '{"email":"p06@example.test"}'),
      ).toBe(403)
      expect(
        await post('/api/documents/handshake', { origin, 'content-type': type }, '{"as":"x","have":[]}'),
      ).toBe(403)
    }
    expect(await post('/api/session', { origin }, '', 'DELETE')).toBe(403)
  }
  for (const site of ['cross-site', 'same-site'])
    expect(
      await post('/api/commands', { 'sec-fetch-site': site, 'content-type': 'application/json' }, command()),
    ).toBe(403)
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
    '',
  ])
    expect(await post('/api/commands', { 'content-type': type }, command())).toBe(400)
  for (const method of ['PUT', 'PATCH'])
    expect(await post('/api/commands', { 'content-type': 'application/json' }, command(), method)).toBe(404)
  expect(journalLength(house)).toBe(before)
  expect(sessions()).toEqual(sessionsBefore)
  expect(
    await post('/api/commands', { origin: house.url, 'content-type': 'application/json' }, command()),
  ).toBe(200)
  expect(journalLength(house)).toBe(before + 1)
})

test('a cookie of one account opens no socket for the documents of another', async () => {
  const close = (account: string) =>
    new Promise<number | 'open'>((resolve) => {
      const ws = new WebSocket(`${house.url.replace('http', 'ws')}/sync?account=${account}`, {
        headers: { cookie: user.cookie },
      })
      ws.on('close', resolve)
      ws.on('message', () => {
        resolve('open')
        ws.terminate()
      })
    })
  expect(await close('somebody-else')).toBe(4401)
  expect(await close(user.session.account)).toBe('open')
})
