import { describe, expect, test, vi } from 'vitest'
import { makeDeviceClock } from '#client/core/device-clock.ts'
import { makeBackoff } from '#client/sync/backoff.ts'
import { channelAddress, channelClass } from '#client/sync/document-channel.ts'
import { packFrame, readControlFrame, unpackFrame } from '#client/sync/document-frame.ts'
import { makeManyDocumentsSocket, type SocketDeps } from '#client/sync/many-documents-socket.ts'
import { createRowSet } from '#client/sync/row-set.ts'
import { makeServerCalls } from '#client/sync/server-calls.ts'
import { contact } from './entries.ts'

describe('many documents on one socket', () => {
  class Link {
    static dialled: Link[] = []
    readonly sent: (string | Uint8Array)[] = []
    readonly heard: Record<string, (event: unknown) => void> = {}
    isClosed = false
    readonly url: string
    constructor(url: string) {
      this.url = url
      Link.dialled.push(this)
    }
    addEventListener(type: string, hear: (event: unknown) => void): void {
      this.heard[type] = hear
    }
    send(data: string | Uint8Array): void {
      this.sent.push(data)
    }
    close(): void {
      this.isClosed = true
    }
  }

  function socketOf() {
    Link.dialled = []
    const downs: number[] = []
    const faults: unknown[] = []
    const socket = makeManyDocumentsSocket({
      WebSocket: Link as unknown as SocketDeps['WebSocket'],
      origin: 'https://x.test',
      account: 'a 1',
      epochOf: (name) => `epoch of ${name}`,
      onUp: () => undefined,
      onHeard: () => undefined,
      onDown: (code) => downs.push(code),
      onFault: (fault) => faults.push(fault),
    })
    const Channel = channelClass(socket)
    const open = async (name: string) => {
      const channel = new Channel(`${channelAddress}/${name}`)
      const got: number[][] = []
      const seen: (string | number)[] = []
      Object.assign(channel, {
        onopen: () => seen.push('open'),
        onclose: ({ code }: { code: number }) => seen.push(code),
        onmessage: ({ data }: { data: ArrayBuffer }) => got.push([...new Uint8Array(data)]),
      })
      await Promise.resolve()
      return { channel, got, seen }
    }
    const link = () => Link.dialled.at(-1)!
    const hear = (data: unknown) => link().heard['message']!({ data })
    return { socket, open, link, hear, downs, faults }
  }

  test('each document is asked for in its epoch once the socket stands, and hears only its own', async () => {
    const { socket, open, link, hear } = socketOf()
    const first = await open('me/a1')
    socket.connect()
    expect(link().url).toBe('wss://x.test/sync?account=a+1')
    link().heard['open']!({})
    const second = await open('org/1/contacts')
    expect(link().sent).toEqual([
      '{"open":"me/a1","epoch":"epoch of me/a1"}',
      '{"open":"org/1/contacts","epoch":"epoch of org/1/contacts"}',
    ])
    first.channel.send(new Uint8Array([9]))
    expect(link().sent).toHaveLength(2)
    hear('{"opened":"me/a1"}')
    hear(packFrame('me/a1', new Uint8Array([1, 2])).buffer)
    hear(packFrame('org/1/contacts', new Uint8Array([3])).buffer)
    expect([first.seen, first.got, second.seen, second.got]).toEqual([['open'], [[1, 2]], [], []])
    first.channel.send(new Uint8Array([7, 8]))
    expect(unpackFrame(link().sent.at(-1) as Uint8Array)).toEqual({
      name: 'me/a1',
      message: new Uint8Array([7, 8]),
    })
  })

  test('one document closed leaves the others open; the link lost closes all', async () => {
    const { socket, open, link, hear, downs } = socketOf()
    socket.connect()
    link().heard['open']!({})
    const [first, second] = [await open('a'), await open('b')]
    hear('{"opened":"a"}')
    hear('{"opened":"b"}')
    hear('{"closed":"a","code":4403}')
    expect([first.seen, second.seen]).toEqual([['open', 4403], ['open']])
    link().heard['close']!({ code: 1001 })
    expect(second.seen).toEqual(['open', 1006])
    expect(downs).toEqual([1001])
    socket.connect()
    expect(Link.dialled).toHaveLength(2)
  })

  test('frames of a kind not known are passed over; bytes that are no frame end the link', () => {
    const { socket, link, hear, downs, faults } = socketOf()
    socket.connect()
    link().heard['open']!({})
    for (const text of ['{"news":1}', 'null', '[', '"x"', '{"closed":"a"}']) hear(text)
    expect(downs).toEqual([])
    hear(new Uint8Array([200]).buffer)
    expect(faults).toHaveLength(1)
    expect([downs, link().isClosed]).toEqual([[1006], true])
  })

  test('a link that has gone silent is given up, though it looks alive', () => {
    vi.useFakeTimers()
    try {
      const { socket, link, hear, downs } = socketOf()
      socket.connect()
      link().heard['open']!({})
      vi.advanceTimersByTime(30_000)
      hear('{"alive":"2026-11-21T10:00:00Z"}')
      vi.advanceTimersByTime(39_000)
      expect(downs).toEqual([])
      vi.advanceTimersByTime(7000)
      expect(downs).toEqual([1006])
    } finally {
      vi.useRealTimers()
    }
  })

  test('control frames are read by shape', () => {
    expect(readControlFrame('{"alive":"now"}')).toEqual({ alive: 'now' })
    expect(readControlFrame('{"closed":"a","code":4409}')).toEqual({ closed: 'a', code: 4409 })
    expect(readControlFrame('{"opened":3}')).toBeUndefined()
  })
})

test('waiting grows to half a minute, between half and whole, and starts over', () => {
  const eager = makeBackoff(() => 0)
  const patient = makeBackoff(() => 1)
  expect([1, 2, 3, 4, 5, 6, 7].map(() => eager.nextMs())).toEqual([
    500, 1000, 2000, 4000, 8000, 15_000, 15_000,
  ])
  expect([1, 2, 3, 4, 5, 6, 7].map(() => patient.nextMs())).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ])
  patient.reset()
  expect(patient.nextMs()).toBe(1000)
})

test("the device's clock is never behind what the server was heard to say", () => {
  let nowMs = Date.parse('2026-11-21T10:00:00Z')
  const clock = makeDeviceClock(() => nowMs, '2026-11-21T12:00:00Z')
  expect(clock.now()).toBe('2026-11-21T12:00:00.000Z')
  clock.heard('2026-11-21T11:00:00Z')
  clock.heard('nonsense')
  expect(clock.now()).toBe('2026-11-21T12:00:00.000Z')
  clock.heard('2026-11-21T23:30:00Z')
  expect(clock.today()).toBe('2026-11-22')
  nowMs = Date.parse('2026-11-23T10:00:00Z')
  expect(clock.now()).toBe('2026-11-23T10:00:00.000Z')
})

describe('rows in memory', () => {
  const texts = (...entries: ReturnType<typeof contact>[]) =>
    entries.map((entry): [string, string] => [`contact:${entry.id}`, JSON.stringify(entry)])

  test('a row that did not change stays the same object, whoever fills them', () => {
    const rows = createRowSet(() => undefined)
    rows.replace(texts(contact('1'), contact('2')))
    const [first] = rows.rows()
    rows.apply(new Map(texts(contact('2', 'Ny'))))
    expect(rows.rows()[0]).toBe(first)
    rows.replace(texts(contact('1'), contact('3')))
    expect(rows.rows()[0]).toBe(first)
    rows.showSnapshot({ epoch: 'e', seq: 1, version: 1, rows: [contact('1'), contact('4')] })
    expect(rows.rows()[0]).toBe(first)
    expect(rows.rows()).toHaveLength(2)
  })

  test('an entry that cannot be read is left out, and told of', () => {
    const faults: unknown[] = []
    const rows = createRowSet((fault) => faults.push(fault))
    rows.replace([['contact:1', '{"kind":'], ...texts(contact('2'))])
    expect(rows.rows().map(({ id }) => id)).toEqual(['2'])
    expect(faults).toHaveLength(1)
  })

  test('an entry with __proto__ in it changes nothing but itself', () => {
    const rows = createRowSet(() => undefined)
    rows.replace([['contact:1', '{"kind":"contact","id":"1","__proto__":{"isAdmin":true}}']])
    expect((rows.rows()[0] as unknown as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  test('a stream of changes is drawn at most once a frame, and the last is not lost', async () => {
    const rows = createRowSet(() => undefined)
    const seen = new Set<unknown>()
    for (let index = 0; index < 100; index += 1) {
      rows.apply(new Map(texts(contact(String(index)))))
      seen.add(rows.rows())
    }
    expect(seen.size).toBe(1)
    await vi.waitFor(() => expect(rows.rows()).toHaveLength(100))
  })
})

test.each([
  [401, { kind: 'signed-out' }],
  [426, { kind: 'update-needed' }],
  [429, { kind: 'later', waitMs: 7000 }],
  [500, { kind: 'later', waitMs: 7000 }],
  [503, { kind: 'later', waitMs: 7000 }],
  [400, { kind: 'rejected', status: 400 }],
  [403, { kind: 'rejected', status: 403 }],
])('an answer %i tells the device what to do', async (status, expected) => {
  const fetchOnce: typeof fetch = () =>
    Promise.resolve(new Response('{}', { status, headers: { 'retry-after': '7' } }))
  const calls = makeServerCalls({ fetch: fetchOnce, origin: 'https://x.test' }, 'a1')
  expect(await calls.json('GET', '/api/session')).toEqual(expected)
})

test('an answer that is not what it says is as good as none', async () => {
  const fetchOnce: typeof fetch = () => Promise.resolve(new Response('<html>'))
  const calls = makeServerCalls({ fetch: fetchOnce, origin: 'https://x.test' }, null)
  expect(await calls.json('GET', '/api/session')).toEqual({ kind: 'unreachable' })
})
