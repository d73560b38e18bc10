import { expect, test } from 'vitest'
import { smallApp } from '../small-app.ts'

test('a whole visit with canaries in every place leaves none of them in the log', async () => {
  const house = await smallApp()
  const cookie = await house.signIn('p06@example.test', {
    'user-agent': 'canary-agent',
    'x-forwarded-for': '203.0.113.77',
  })
  const token = cookie.split('=')[1]!
  const codes = (await house.mailsTo('p06@example.test')).map((mail) => /^\d{8}$/m.exec(mail.text)![0])
  const visits = [
    ['GET', '/api/nothing/19980228-2393?name=canary-query'],
    ['GET', '/canary-path/199802282393'],
    ['GET', '/api/broken?canary-query'],
    ['POST', '/api/session/code', { email: 'canary-address@example.test' }],
    ['POST', '/api/session', { email: 'canary-address@example.test', code: 'canary-code' }],
    ['POST', '/api/session', '{"canary-body'],
    ['POST', '/api/session', { 'canary-field': 1 }],
    ['GET', '/dev/mailbox?to=canary-address@example.test'],
    ['DELETE', '/api/session?everywhere=canary-query'],
  ] as const
  for (const [method, path, body] of visits) {
    await house.send(method, path, body, { cookie, referer: 'https://canary-referer.example/' })
  }
  await house.queue.idle()
  const raw = house.log.raw()
  expect(house.log.lines().filter((line) => line['msg'] === 'request').length).toBeGreaterThan(visits.length)
  for (const secret of ['canary', '2393', 'example.test', '203.0.113', 'Erik', token, ...codes]) {
    expect(raw).not.toContain(secret)
  }
})

test('a line names the pattern of the route, so that what is slow or failing can be found', async () => {
  const house = await smallApp()
  await house.send('GET', '/api/session')
  expect(house.log.lines().at(-1)).toMatchObject({
    msg: 'request',
    method: 'GET',
    route: '/api/session',
    status: 401,
  })
  const answer = await house.send('GET', '/api/session')
  expect(house.log.lines().at(-1)!['requestId']).toBe(answer.headers.get('x-request-id'))
})
