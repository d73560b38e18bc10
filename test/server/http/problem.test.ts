import { expect, test } from 'vitest'
import { smallApp } from '../small-app.ts'

test('a fault is answered with a reference that finds its line in the log, and nothing else', async () => {
  const house = await smallApp()
  const answer = await house.send('GET', '/api/broken')
  const body = await answer.json()
  expect([answer.status, Object.keys(body).sort()]).toEqual([500, ['code', 'reference']])
  expect(house.log.lines().find((line) => line['reference'] === body.reference)).toMatchObject({
    error: 'Error',
  })
  expect(JSON.stringify(body) + house.log.raw()).not.toMatch(/Erik|2393/)
})

test('what is not there says so in JSON, whatever the method', async () => {
  const house = await smallApp()
  for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
    const answer = await house.send(
      method,
      '/api/nothing',
      method === 'GET' || method === 'DELETE' ? undefined : {},
    )
    expect([answer.status, await answer.json()]).toEqual([404, { code: 'not-found' }])
  }
})

test('a body over 256 kB is refused, told or untold', async () => {
  const house = await smallApp()
  const told = await house.send(
    'POST',
    '/api/session/code',
    { email: 'x'.repeat(300_000) },
    { 'content-length': '300012' },
  )
  expect([told.status, await told.json()]).toEqual([413, { code: 'request/too-large' }])
  let sent = 0
  const endless = new ReadableStream({
    pull(controller) {
      sent += 65_536
      controller.enqueue(new Uint8Array(65_536).fill(32))
    },
  })
  const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
  const untold = await house.app.request('/api/session/code', {
    method: 'POST',
    headers,
    body: endless,
    duplex: 'half',
  } as RequestInit)
  expect(untold.status).toBe(413)
  expect(sent).toBeLessThan(1_000_000)
})

test('deep nesting is a bad body and not a fault', async () => {
  const house = await smallApp()
  const answer = await house.send(
    'POST',
    '/api/session/code',
    `{"email":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  )
  expect([answer.status, await answer.json()]).toEqual([400, { code: 'request/shape', field: 'email' }])
})
