import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { limit } from '#server/limits/limit.ts'
import { remoteAddress } from '#server/limits/remote-address.ts'
import { createTokenBuckets } from '#server/limits/token-bucket.ts'

const rate = { perMinute: 60, burst: 3 }

test('a bucket gives its burst at once, then one per interval', () => {
  let nowMs = 0
  const buckets = createTokenBuckets({ nowMs: () => nowMs })
  expect([1, 2, 3, 4].map(() => buckets.take('x', 'k', rate))).toEqual([0, 0, 0, 1])
  nowMs += 1000
  expect(buckets.take('x', 'k', rate)).toBe(0)
  expect(buckets.take('x', 'k', rate)).toBe(1)
  nowMs += 3_600_000
  expect([1, 2, 3, 4].map(() => buckets.take('x', 'k', rate))).toEqual([0, 0, 0, 1])
})

test('purposes and keys have buckets of their own, and what is given back can be taken again', () => {
  const buckets = createTokenBuckets({ nowMs: () => 0 })
  const one = { perMinute: 1, burst: 1 }
  expect(buckets.take('x', 'k', one)).toBe(0)
  expect(buckets.take('x', 'other', one)).toBe(0)
  expect(buckets.take('y', 'k', one)).toBe(0)
  expect(buckets.take('x', 'k', one)).toBe(60)
  buckets.giveBack('x', 'k')
  expect(buckets.take('x', 'k', one)).toBe(0)
})

test('a flood of made-up keys costs bounded memory and forgets the longest untouched', () => {
  const buckets = createTokenBuckets({ maxKeys: 100, nowMs: () => 0 })
  const one = { perMinute: 1, burst: 1 }
  buckets.take('x', 'busy', one)
  for (let n = 0; n < 10_000; n += 1) {
    buckets.take('x', `made-up ${n}`, one)
    expect(buckets.take('x', 'busy', one)).toBeGreaterThan(0)
  }
  expect(buckets.size()).toBe(100)
})

test('too fast is 429 with the seconds to wait, and the request goes no further', async () => {
  let reached = 0
  const app = new Hono()
  app.use(limit({ buckets: createTokenBuckets(), purpose: 'search', perMinute: 6, burst: 1, key: () => 'k' }))
  app.get('/', (c) => {
    reached += 1
    return c.text('here')
  })
  expect((await app.request('/')).status).toBe(200)
  const refused = await app.request('/')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
  expect(await refused.json()).toEqual({ code: 'limit/too-fast' })
  expect(reached).toBe(1)
})

async function countedAs(
  socket: string,
  forwarded: string | undefined,
  trustProxy: boolean,
): Promise<string> {
  const app = new Hono()
  app.get('/', (c) => c.text(remoteAddress(c, trustProxy)))
  const headers: Record<string, string> = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  const answer = await app.request('/', { headers }, { incoming: { socket: { remoteAddress: socket } } })
  return answer.text()
}

test('X-Forwarded-For is believed only behind a proxy of ours, and then only its last entry', async () => {
  expect(await countedAs('192.0.2.7', '198.51.100.1', false)).toBe('192.0.2.7')
  expect(await countedAs('192.0.2.7', '203.0.113.9, 198.51.100.1', true)).toBe('198.51.100.1')
  expect(await countedAs('192.0.2.7', undefined, true)).toBe('192.0.2.7')
})

test('a network of IPv6 counts as one, and IPv4 in its clothes as IPv4', async () => {
  const first = await countedAs('2001:db8:1:2::1', undefined, false)
  expect(await countedAs('2001:0db8:0001:0002:ffff:ffff:ffff:ffff', undefined, false)).toBe(first)
  expect(await countedAs('2001:db8:1:3::1', undefined, false)).not.toBe(first)
  expect(await countedAs('::ffff:192.0.2.7', undefined, false)).toBe('192.0.2.7')
  expect(await countedAs('::1', undefined, false)).toBe('0:0:0:0')
})
