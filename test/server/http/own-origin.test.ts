import { describe, expect, test } from 'vitest'
import { ownAddress } from '#server/http/own-address.ts'
import { isOwnOrigin } from '#server/http/own-origin.ts'
import { smallApp } from '../small-app.ts'

const email = { email: 'p06@example.test' }

describe('what a foreign page can make a browser send', () => {
  const foreign: readonly Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:8081' },
    { origin: 'https://127.0.0.1:8080' },
    { origin: 'http://127.0.0.1:8080.evil.example' },
    { origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]
  test.each(foreign)('%j is refused and changes nothing', async (headers) => {
    const house = await smallApp()
    const cookie = await house.signIn('p01@example.test')
    const before = house.store.db.prepare('SELECT count(*) AS n FROM sign_in_code').get()
    for (const [method, path, body] of [
      ['POST', '/api/session/code', email],
      ['DELETE', '/api/session?everywhere=1', undefined],
      ['PUT', '/api/commands', {}],
    ] as const) {
      const answer = await house.send(method, path, body, { ...headers, cookie })
      expect([answer.status, await answer.json()]).toEqual([403, { code: 'origin/foreign' }])
    }
    expect(house.store.db.prepare('SELECT count(*) AS n FROM sign_in_code').get()).toEqual(before)
    expect((await house.send('GET', '/api/session', undefined, { cookie })).status).toBe(200)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'a simple request (%s), which needs no preflight, is refused by its content type',
    async (type) => {
      const house = await smallApp()
      const answer = await house.send('POST', '/api/session/code', email, { 'content-type': type })
      expect([answer.status, await answer.json()]).toEqual([
        400,
        { code: 'request/shape', field: 'content-type' },
      ])
      await house.queue.idle()
      expect(await house.mailsTo(email.email)).toEqual([])
    },
  )

  test('no other origin is ever told that it may read', async () => {
    const house = await smallApp()
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const body = method === 'POST' ? email : undefined
      const answer = await house.send(method, '/api/session/code', body, { origin: 'https://evil.example' })
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })
})

test.each([
  { origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'none' },
  {},
])('our own pages and programs that are no browser may act: %j', async (headers) => {
  const house = await smallApp()
  expect(
    (await house.send('POST', '/api/session/code', email, headers as Record<string, string>)).status,
  ).toBe(204)
})

test('without PUBLIC_URL loopback goes by all its names, on our port only', () => {
  const address = ownAddress({ publicUrl: null, host: '127.0.0.1' }, 49152)
  expect(address.url).toBe('http://127.0.0.1:49152')
  for (const name of ['127.0.0.1', 'localhost', '[::1]'])
    expect(isOwnOrigin(`http://${name}:49152`, address)).toBe(true)
  expect(isOwnOrigin('http://localhost:49153', address)).toBe(false)
  expect(isOwnOrigin('http://localhost', address)).toBe(false)
})

test('port 80 is written without its number, as browsers do', () => {
  expect(ownAddress({ publicUrl: null, host: '192.0.2.7' }, 80).origins).toEqual(
    new Set(['http://192.0.2.7']),
  )
})

test('a WebSocket of a browser must come from our own page; a program that says nothing may pass', () => {
  const address = ownAddress({ publicUrl: 'https://handslag.example', host: '127.0.0.1' }, 8080)
  expect(isOwnOrigin('https://handslag.example', address)).toBe(true)
  expect(isOwnOrigin(undefined, address)).toBe(true)
  for (const origin of [
    'null',
    '',
    'https://evil.example',
    'http://handslag.example',
    'https://handslag.example:8443',
  ]) {
    expect(isOwnOrigin(origin, address)).toBe(false)
  }
})
