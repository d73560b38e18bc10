import { describe, expect, test } from 'vitest'
import { smallApp } from '../small-app.ts'

const p01 = 'p01@example.test'
const p06 = 'p06@example.test'

describe('signing in with a code', () => {
  test('the code from the mail opens a session with the roles of the account, the own last', async () => {
    const house = await smallApp()
    const code = await house.codeFor(p01)
    const answer = await house.send('POST', '/api/session', {
      email: ' P01@Example.test ',
      code: code.replace(/(....)/, '$1 '),
    })
    expect(answer.status).toBe(200)
    const body = await answer.json()
    expect(body).toMatchObject({
      account: 'a-p-01',
      person: { id: 'p-01', name: 'Anna-Karin Sjöö', email: p01, locale: 'sv' },
      register: { name: 'Polstjärnan' },
      today: '2026-11-23',
    })
    expect(body.roles.map((role: { party: string }) => role.party)).toEqual(['o-gran', 'p-01'])
    const cookie = answer.headers.getSetCookie()[0]!
    expect(cookie).toMatch(/^handslag_session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/)
    const again = await house.send('GET', '/api/session', undefined, { cookie: cookie.split(';')[0]! })
    expect(again.status).toBe(200)
    expect(await again.json()).toEqual(body)
  })

  test('over https the cookie is Secure and bound to the host', async () => {
    const house = await smallApp({ publicUrl: 'https://handslag.example' })
    const code = await house.codeFor(p06)
    const answer = await house.send('POST', '/api/session', { email: p06, code })
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-handslag_session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  test('the mail is in the language of the account and has no link', async () => {
    const house = await smallApp()
    await house.codeFor(p06)
    const [mail] = await house.mailsTo(p06)
    expect(mail!.subject).toBe('Koodisi Handslagiin')
    expect(mail!.text).not.toMatch(/https?:/)
  })

  test('asking says nothing about who exists, and a stranger gets no mail', async () => {
    const house = await smallApp()
    const known = await house.send('POST', '/api/session/code', { email: p06 })
    const unknown = await house.send('POST', '/api/session/code', { email: 'nobody@example.test' })
    await house.queue.idle()
    expect([known.status, unknown.status]).toEqual([204, 204])
    const comparable = (answer: Response) =>
      [...answer.headers].filter(([name]) => name !== 'x-request-id').map((pair) => pair.join())
    expect(comparable(unknown)).toEqual(comparable(known))
    expect(await house.mailsTo('nobody@example.test')).toEqual([])
    expect(await house.mailsTo(p06)).toHaveLength(1)
  })

  test('a code opens one door once', async () => {
    const house = await smallApp()
    const code = await house.codeFor(p06)
    expect((await house.send('POST', '/api/session', { email: p06, code })).status).toBe(200)
    const again = await house.send('POST', '/api/session', { email: p06, code })
    expect([again.status, await again.json()]).toEqual([401, { code: 'session/wrong-code' }])
  })

  test('two who use the same code at once: one gets in', async () => {
    const house = await smallApp()
    const code = await house.codeFor(p06)
    const answers = await Promise.all(
      [1, 2, 3, 4].map(async () => house.send('POST', '/api/session', { email: p06, code })),
    )
    expect(answers.map((answer) => answer.status).toSorted((one, other) => one - other)).toEqual([
      200, 401, 401, 401,
    ])
  })

  test('a code lives ten minutes', async () => {
    const house = await smallApp()
    const code = await house.codeFor(p06)
    house.clock.move(10 * 60_000)
    expect((await house.send('POST', '/api/session', { email: p06, code })).status).toBe(401)
  })

  test('a code of one address is worth nothing at another', async () => {
    const house = await smallApp()
    const code = await house.codeFor(p06)
    expect((await house.send('POST', '/api/session', { email: p01, code })).status).toBe(401)
  })

  test('after five wrong guesses the right code is dead', async () => {
    const house = await smallApp()
    const code = await house.codeFor(p06)
    const wrong = code === '00000000' ? '00000001' : '00000000'
    for (let guess = 1; guess <= 5; guess += 1) {
      expect((await house.send('POST', '/api/session', { email: p06, code: wrong })).status).toBe(401)
    }
    expect((await house.send('POST', '/api/session', { email: p06, code })).status).toBe(401)
  })

  test('an address gets five codes an hour, and the sixth wish is answered the same', async () => {
    const house = await smallApp()
    for (let wish = 1; wish <= 7; wish += 1) {
      expect((await house.send('POST', '/api/session/code', { email: p06 })).status).toBe(204)
    }
    await house.queue.idle()
    expect(await house.mailsTo(p06)).toHaveLength(5)
    house.clock.move(61 * 60_000)
    expect(await house.codeFor(p06)).toMatch(/^\d{8}$/)
    expect(await house.mailsTo(p06)).toHaveLength(6)
  })

  test('signing in again and again is not held against anyone', async () => {
    const house = await smallApp()
    for (let time = 1; time <= 25; time += 1) await house.signIn(p06)
    expect(await house.mailsTo(p06)).toHaveLength(25)
  })

  test('guessing meets 429 with Retry-After, and other addresses from elsewhere are not held up', async () => {
    const house = await smallApp()
    const statuses: number[] = []
    for (let guess = 0; guess < 12; guess += 1) {
      const answer = await house.send('POST', '/api/session', { email: p06, code: '12345678' })
      statuses.push(answer.status)
      if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(2)
    await house.signIn(p01)
  })

  test('codes, tokens and strangers’ addresses are not in the tables', async () => {
    const house = await smallApp()
    const code = await house.codeFor(p06)
    await house.send('POST', '/api/session/code', { email: 'nobody@example.test' })
    const cookie = await house.signIn(p01)
    const dump = JSON.stringify([
      house.store.db.prepare('SELECT * FROM sign_in_code').all(),
      house.store.db.prepare('SELECT * FROM session').all(),
    ])
    expect(dump).toContain('a-p-01')
    for (const secret of [code, cookie.split('=')[1]!, 'nobody@', p06]) expect(dump).not.toContain(secret)
  })

  test('a closed account is a stranger', async () => {
    const house = await smallApp()
    const cookie = await house.signIn(p06)
    const account = house.store.facts.get('account', 'a-p-06')!
    await house.store.write(() => house.store.tables.put('account', { ...account, state: 'closed' }))
    expect((await house.send('GET', '/api/session', undefined, { cookie })).status).toBe(401)
    expect(await house.codeFor(p06)).not.toBe('')
    expect(await house.mailsTo(p06)).toHaveLength(1)
  })
})

describe('bodies that are not the shape', () => {
  const hostile = [
    ['{', 'body'],
    ['null', 'body'],
    ['[]', 'email'],
    ['{"email":5}', 'email'],
    [`{"email":"${'a'.repeat(300)}@example.test"}`, 'email'],
    ['{"email":"no address"}', 'email'],
    [`{"email":"${p06}","admin":true}`, 'admin'],
    [`{"email":"${p06}","__proto__":{"admin":true}}`, '__proto__'],
    [`{"email":{"__proto__":"${p06}"}}`, 'email'],
  ] as const
  test.each(hostile)('%s names %s and changes nothing', async (body, field) => {
    const house = await smallApp()
    const answer = await house.send('POST', '/api/session/code', body)
    expect([answer.status, await answer.json()]).toEqual([400, { code: 'request/shape', field }])
    expect(house.store.db.prepare('SELECT count(*) AS n FROM sign_in_code').get()).toEqual({ n: 0 })
  })
})
