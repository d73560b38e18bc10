import { IDBKeyRange, IDBObjectStore as fakeObjectStore } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { openDeviceStore } from '#client/store/device-store.ts'
import { putInOutbox, readOutbox, takeUnsent } from '#client/store/outbox-store.ts'
import type { StoredCommand } from '#client/store/stored-types.ts'
import { fittingOneCall } from '#client/sync/outbox-sender.ts'
import { maxCallBytes, type CommandResult } from '#shared/protocol/commands-message.ts'
import { eventually, faults, newBrowser, startDevice } from './device-of.ts'
import { json, startTinyServer, type TinyServer } from './tiny-server.ts'

const chooseSelf = {
  type: 'payer.choose',
  input: { payer: 'self', feeKind: '*' },
  about: ['person-a1'],
  label: 'Jag själv',
}
const choose = (feeKind: string) => ({ ...chooseSelf, input: { payer: 'self', feeKind } })

function house(): TinyServer {
  const server = startTinyServer('a1')
  server.serve('me/a1', 'me', 'person-a1')
  return server
}

async function asPerson(server: TinyServer, browser = newBrowser()) {
  const device = await startDevice(server, browser)
  device.chooseRole('person-a1')
  return device
}

const accepted = (id: string): CommandResult => ({
  id,
  status: 'accepted',
  at: '2026-11-21T10:00:00Z',
  documents: [],
})

describe('a command', () => {
  test('refused by the rules here never leaves the device', async () => {
    const server = house()
    const device = await startDevice(server, newBrowser())
    expect(device.role().party).toBe('org-1')
    const answer = await device.dispatch(chooseSelf)
    expect(answer).toEqual({ ok: false, refusal: { code: 'payer/not-allowed', rule: 'P10' } })
    expect(device.outbox()).toEqual([])
    expect(server.calls).toEqual([])
  })

  test('whose input has not the form is refused with the field that is at fault', async () => {
    const device = await asPerson(house())
    const answer = await device.dispatch({ ...chooseSelf, input: { payer: 'self', feeKind: 'lunch' } })
    expect(answer).toEqual({
      ok: false,
      refusal: { code: 'device/form', rule: '', params: { field: 'feeKind' } },
    })
  })

  test('of several, one refused keeps all from being stored', async () => {
    const server = house()
    const device = await asPerson(server)
    const answers = await device.dispatchAll([chooseSelf, choose('lunch')])
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.refusal.code))).toEqual([
      'device/together',
      'device/form',
    ])
    expect(device.outbox()).toEqual([])
  })

  test('accepted here is on disk when the answer comes, and survives the death of its tab', async () => {
    const server = house()
    server.reachable = false
    const browser = newBrowser()
    const device = await asPerson(server, browser)
    await device.dispatch(chooseSelf)
    // As if killed: nothing is saved, closed or said on the way.
    const store = await openDeviceStore('a1', { indexedDB: browser.indexedDB, IDBKeyRange })
    expect((await readOutbox(store)).map((item) => item.command.type)).toEqual(['payer.choose'])
    store.close()
    device.stop()

    server.reachable = true
    const again = await startDevice(server, browser)
    await eventually(() => expect(server.received).toHaveLength(1))
    await eventually(() => expect(again.outbox()).toEqual([]))
  })

  test('whose answer is lost is asked about with the same id and number, and done once', async () => {
    const server = house()
    server.answers.push((message) => {
      for (const command of message.commands) server.received.push(command)
      return 'lose the answer'
    })
    const device = await asPerson(server)
    await device.dispatch(chooseSelf)
    await eventually(() => expect(server.calls).toHaveLength(2))
    expect(server.calls[1]).toEqual(server.calls[0])
    await eventually(() => expect(device.outbox()).toEqual([]))
  })

  test('keeps its place: numbers rise by one, in the order of asking, over restarts and cancellations', async () => {
    const server = house()
    server.reachable = false
    const browser = newBrowser()
    const device = await asPerson(server, browser)
    await device.dispatchAll([choose('test'), choose('admin')])
    device.stop()
    const again = await asPerson(server, browser)
    const third = await again.dispatch(choose('affiliation'))
    await again.dispatch(chooseSelf)
    const left = again.outbox().find((item) => item.state === 'queued')
    expect(left).toBeDefined()
    expect(third.ok).toBe(true)
    server.reachable = true
    again.wake()
    await eventually(() => expect(server.received).toHaveLength(4))
    expect(server.received.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    const devices = new Set(server.calls.map(({ device: id }) => id))
    expect(devices.size).toBe(1)
  })

  test('can be taken back until it has left, and not after', async () => {
    const server = house()
    const browser = newBrowser()
    const locked = { request: () => new Promise<never>(() => undefined) }
    // A tab that does not lead sends nothing by itself.
    const device = await startDevice(server, browser, { locks: locked })
    device.chooseRole('person-a1')
    const first = await device.dispatch(choose('test'))
    const second = await device.dispatch(choose('admin'))
    if (!first.ok || !second.ok) throw new Error('refused')
    expect(await device.cancel(first.id)).toBe(true)
    expect(device.outbox().map(({ command }) => command.id)).toEqual([second.id])
    const store = await openDeviceStore('a1', { indexedDB: browser.indexedDB, IDBKeyRange })
    await takeUnsent(store, (unsent) => unsent)
    store.close()
    expect(await device.cancel(second.id)).toBe(false)
    expect(device.outbox().map(({ state }) => state)).toEqual(['sending'])
  })

  test('accepted by the server stays in sight until the document has it, and then goes', async () => {
    const server = house()
    const device = await asPerson(server)
    await eventually(() => expect(device.connection().state).toBe('live'))
    server.hold = true
    server.onAccepted = () => [{ name: 'me/a1', seq: server.put('me/a1') }]
    await device.dispatch(chooseSelf)
    await eventually(() => expect(device.outbox().map(({ state }) => state)).toEqual(['accepted']))
    server.release()
    await eventually(() => expect(device.outbox()).toEqual([]))
  })

  test('accepted with an effect this device may not hold does not wait for ever', async () => {
    const server = house()
    const device = await asPerson(server)
    await eventually(() => expect(device.connection().state).toBe('live'))
    server.onAccepted = () => [{ name: 'org/other/contacts', seq: 7 }]
    await device.dispatch(chooseSelf)
    await eventually(() => expect(server.received).toHaveLength(1))
    await eventually(() => expect(device.outbox()).toEqual([]))
  })

  test.each(['refused', 'failed'] as const)(
    '%s by the server is kept until it has been read',
    async (status) => {
      const server = house()
      server.answers.push(({ commands }) =>
        commands.map(({ id }) => ({
          ...accepted(id),
          status,
          code: 'bond/blocked',
          rule: 'B9',
          params: { day: '2026-12-01' },
        })),
      )
      const browser = newBrowser()
      const device = await asPerson(server, browser)
      const answer = await device.dispatch(chooseSelf)
      await eventually(() => expect(device.outbox()[0]?.state).toBe(status))
      const refusal = { code: 'bond/blocked', rule: 'B9', params: { day: '2026-12-01' } }
      expect(device.outbox()[0]?.refusal).toEqual(refusal)
      device.stop()
      const again = await startDevice(server, browser)
      expect(again.outbox()[0]?.refusal).toEqual(refusal)
      if (answer.ok) await again.acknowledge(answer.id)
      expect(again.outbox()).toEqual([])
    },
  )

  test('answered in a way this version does not know is kept and asked about again', async () => {
    const server = house()
    server.answers.push(({ commands }) =>
      commands.map(({ id }) => ({ ...accepted(id), status: 'parked' as 'failed' })),
    )
    const device = await asPerson(server)
    await device.dispatch(chooseSelf)
    await eventually(() => expect(server.calls).toHaveLength(1))
    expect(device.outbox().map(({ state }) => state)).toEqual(['sending'])
    await eventually(() => expect(device.outbox()).toEqual([]))
    expect(server.calls).toHaveLength(2)
  })

  test('answered out of order or beside the point is matched by its id', async () => {
    const server = house()
    server.reachable = false
    const device = await asPerson(server)
    await device.dispatchAll([choose('test'), choose('admin')])
    server.answers.push(({ commands }) => [
      accepted('00000000-0000-7000-8000-000000000000'),
      ...commands
        .toReversed()
        .map(({ id, seq }) => (seq === 1 ? { ...accepted(id), status: 'refused' as const } : accepted(id))),
    ])
    server.reachable = true
    device.wake()
    await eventually(() =>
      expect(device.outbox().map(({ state, command }) => [state, command.seq])).toEqual([['refused', 1]]),
    )
  })

  test('the server cannot read does not hold up those behind it', async () => {
    const server = house()
    server.reachable = false
    const device = await asPerson(server)
    await device.dispatchAll([choose('test'), choose('admin'), choose('affiliation')])
    const isBad = ({ commands }: { commands: { seq: number }[] }) => commands.some(({ seq }) => seq === 2)
    for (let call = 0; call < 3; call += 1) {
      server.answers.push((message) =>
        isBad(message)
          ? json({ field: 'commands.1.input' }, 400)
          : message.commands.map(({ id }) => accepted(id)),
      )
    }
    server.reachable = true
    device.wake()
    await eventually(() =>
      expect(device.outbox().map(({ state, command }) => [state, command.seq])).toEqual([['failed', 2]]),
    )
    expect(server.calls.map(({ commands }) => commands.map(({ seq }) => seq))).toEqual([
      [1, 2, 3],
      [1],
      [2],
      [3],
    ])
  })

  test.each([
    [429, '1'],
    [503, '1'],
  ])('put off with %i waits as long as it is told', async (status, seconds) => {
    const server = house()
    const device = await asPerson(server)
    await eventually(() => expect(device.connection().state).toBe('live'))
    server.answers.push(() => json({}, status, { 'retry-after': seconds }))
    const askedAt = performance.now()
    await device.dispatch(chooseSelf)
    await eventually(() => expect(server.calls).toHaveLength(2))
    expect(performance.now() - askedAt).toBeGreaterThan(950)
    await eventually(() => expect(device.outbox()).toEqual([]))
  })

  test('is not said to be saved when the disk is full', async () => {
    const server = house()
    const browser = newBrowser()
    const device = await asPerson(server, browser)
    await eventually(() => expect(device.connection().state).toBe('live'))
    const put = IDBObjectStoreOf(browser).add
    IDBObjectStoreOf(browser).add = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    try {
      const answer = await device.dispatch(chooseSelf)
      expect(answer).toEqual({ ok: false, refusal: { code: 'device/full', rule: '' } })
    } finally {
      IDBObjectStoreOf(browser).add = put
    }
    expect(device.outbox()).toEqual([])
    expect(faults.splice(0)).toHaveLength(1)
    expect((await device.dispatch(chooseSelf)).ok).toBe(true)
  })
})

/** The edge where a disk can be full: the platform's own put of a record. */
function IDBObjectStoreOf(_browser: unknown): { add: unknown } {
  return fakeObjectStore.prototype
}

test('a call holds at most a hundred commands and 256 kB, and at least one', () => {
  const item = (seq: number, size: number) =>
    ({
      command: { id: 'x', seq, as: 'p', type: 't', version: 1, input: 'å'.repeat(size / 2) },
    }) as StoredCommand
  const many = Array.from({ length: 150 }, (_, index) => item(index + 1, 10))
  expect(fittingOneCall(many, 100)).toHaveLength(100)
  expect(fittingOneCall(many, 1)).toHaveLength(1)
  const large = Array.from({ length: 5 }, (_, index) => item(index + 1, 100_000))
  expect(fittingOneCall(large, 100)).toHaveLength(2)
  expect(fittingOneCall([item(1, maxCallBytes * 2)], 100)).toHaveLength(1)
  expect(fittingOneCall([], 100)).toEqual([])
})

test('numbers are given inside the transaction, so two tabs never give the same', async () => {
  const browser = newBrowser()
  const open = () => openDeviceStore('a1', { indexedDB: browser.indexedDB, IDBKeyRange })
  const [one, other] = [await open(), await open()]
  const draft = (id: string) => ({
    command: { id, as: 'p', type: 't', version: 1, input: {} },
    about: [],
    label: '',
    roleName: '',
  })
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      putInOutbox(index % 2 === 0 ? one : other, [draft(`id-${index}`)], 'now'),
    ),
  )
  expect((await readOutbox(one)).map(({ seq, command }) => [seq, command.seq])).toEqual(
    Array.from({ length: 20 }, (_, index) => [index + 1, index + 1]),
  )
  expect(one.device).toBe(other.device)
  one.close()
  other.close()
})
