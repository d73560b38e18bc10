import { describe, expect, test } from 'vitest'
import { tokenOfHeader } from '#server/sessions/session-cookie.ts'
import { smallApp } from '../small-app.ts'

const p01 = 'p01@example.test'
const p06 = 'p06@example.test'
const dayMs = 24 * 3_600_000

async function statusWith(house: Awaited<ReturnType<typeof smallApp>>, cookie: string): Promise<number> {
  return (await house.send('GET', '/api/private', undefined, { cookie })).status
}

describe('a session', () => {
  test('without one the private is closed', async () => {
    const house = await smallApp()
    expect(await statusWith(house, '')).toBe(401)
    expect(await statusWith(house, `handslag_session=${'A'.repeat(43)}`)).toBe(401)
    expect(await statusWith(house, `handslag_session=' OR 1=1 --`)).toBe(401)
  })

  test('every sign-in makes a new token and ends the session the browser came with', async () => {
    const house = await smallApp()
    const first = await house.signIn(p06)
    const second = await house.signIn(p06, { cookie: first })
    expect(second).not.toBe(first)
    expect([await statusWith(house, first), await statusWith(house, second)]).toEqual([401, 200])
  })

  test('a token planted before sign-in is not taken over', async () => {
    const house = await smallApp()
    const planted = `handslag_session=${'B'.repeat(43)}`
    const real = await house.signIn(p06, { cookie: planted })
    expect(real).not.toBe(planted)
    expect(await statusWith(house, planted)).toBe(401)
  })

  test('used, it slides; unused for thirty days it is over', async () => {
    const house = await smallApp()
    const cookie = await house.signIn(p06)
    for (let time = 1; time <= 3; time += 1) {
      house.clock.move(29 * dayMs)
      expect(await statusWith(house, cookie)).toBe(200)
      // The slide is written after the answer.
      await house.store.write(() => undefined)
    }
    house.clock.move(30 * dayMs)
    expect(await statusWith(house, cookie)).toBe(401)
  })

  test('however busy, it is over after 180 days', async () => {
    const house = await smallApp()
    const cookie = await house.signIn(p06)
    for (let day = 1; day < 180; day += 1) {
      house.clock.move(dayMs)
      expect(await statusWith(house, cookie)).toBe(200)
      await house.store.write(() => undefined)
    }
    house.clock.move(dayMs)
    expect(await statusWith(house, cookie)).toBe(401)
  })
})

describe('signing out', () => {
  test('ends this session at once, tells the browser to clear, and tells the sockets', async () => {
    const house = await smallApp()
    const ended: string[] = []
    house.sessions.onEnded((tokenHash) => ended.push(tokenHash))
    const here = await house.signIn(p06)
    const there = await house.signIn(p06)
    const hash = house.sessions.find(here.split('=')[1]!)!.tokenHash
    expect(house.sessions.isLive(hash)).toBe(true)
    const answer = await house.send('DELETE', '/api/session', undefined, { cookie: here })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('clear-site-data')).toBe('"cookies", "storage"')
    expect(answer.headers.getSetCookie()[0]).toMatch(/^handslag_session=; Max-Age=0;/)
    expect(ended).toEqual([hash])
    expect(house.sessions.isLive(hash)).toBe(false)
    expect([await statusWith(house, here), await statusWith(house, there)]).toEqual([401, 200])
  })

  test.each([
    ['?everywhere=1', undefined],
    ['', { everywhere: true }],
  ])('everywhere (%s %j) ends all of the account and nobody else’s', async (query, body) => {
    const house = await smallApp()
    const ended: string[] = []
    house.sessions.onEnded((tokenHash) => ended.push(tokenHash))
    const mine = [await house.signIn(p06), await house.signIn(p06), await house.signIn(p06)]
    const other = await house.signIn(p01)
    expect((await house.send('DELETE', `/api/session${query}`, body, { cookie: mine[0]! })).status).toBe(204)
    expect(ended).toHaveLength(3)
    for (const cookie of mine) expect(await statusWith(house, cookie)).toBe(401)
    expect(await statusWith(house, other)).toBe(200)
  })

  test('who is not signed in is signed out all the same, and ends nobody’s session', async () => {
    const house = await smallApp()
    const other = await house.signIn(p01)
    expect((await house.send('DELETE', '/api/session?everywhere=1')).status).toBe(204)
    expect(await statusWith(house, other)).toBe(200)
  })

  test('what has expired is swept, and its sockets are told', async () => {
    const house = await smallApp()
    await house.signIn(p06)
    const ended: string[] = []
    const stop = house.sessions.onEnded((tokenHash) => ended.push(tokenHash))
    await house.sessions.sweep()
    expect(ended).toEqual([])
    house.clock.move(31 * dayMs)
    await house.sessions.sweep()
    expect(ended).toHaveLength(1)
    stop()
    expect(house.store.db.prepare('SELECT count(*) AS n FROM session').get()).toEqual({ n: 0 })
  })
})

test('a WebSocket’s upgrade carries the token in its Cookie header, under the name for its address', async () => {
  const plain = await smallApp()
  const secure = await smallApp({ publicUrl: 'https://handslag.example' })
  const token = 'C'.repeat(43)
  expect(tokenOfHeader(`a=b; handslag_session=${token}`, plain.own)).toBe(token)
  expect(tokenOfHeader(`handslag_session=${token}`, secure.own)).toBeUndefined()
  expect(tokenOfHeader(`x; __Host-handslag_session=${token}; y=z`, secure.own)).toBe(token)
  expect(tokenOfHeader('handslag_session=short', plain.own)).toBeUndefined()
  expect(tokenOfHeader(undefined, plain.own)).toBeUndefined()
})
