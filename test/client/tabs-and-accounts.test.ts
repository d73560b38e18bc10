import { IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { createDevice, type Device } from '#client/core/create-device.ts'
import type { DeviceDeps } from '#client/core/device-deps.ts'
import { startHere, type Start } from '#client/core/start.ts'
import { makePassingMemory } from '#client/store/browser-memory.ts'
import { databaseName, openDeviceStore, StoreClosedFault } from '#client/store/device-store.ts'
import { readMarks } from '#client/store/document-store.ts'
import { readOutbox } from '#client/store/outbox-store.ts'
import { depsOf, eventually, faults, newBrowser, startDevice, type Browser } from './device-of.ts'
import { contact } from './entries.ts'
import { sessionOf, startTinyServer, type TinyServer } from './tiny-server.ts'

const contactsName = 'org/org-1/contacts'
const chooseSelf = {
  type: 'payer.choose',
  input: { payer: 'self', feeKind: '*' },
  about: ['x'],
  label: 'Jag själv',
}
const names = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).toSorted()

function house(account = 'a1') {
  const server = startTinyServer(account)
  server.serve(`me/${account}`, 'me', 'person-a1')
  server.serve(contactsName, 'contacts', 'org-1', [contact('1')])
  return server
}

/** What a browser gives its tabs: locks, and channels between them. Both are the platform's own, of this process. */
function tabsOf(messages: unknown[] = []): Partial<DeviceDeps> {
  const prefix = crypto.randomUUID()
  return {
    locks: {
      request: (name: string, options: LockOptions, work: LockGrantedCallback<unknown>) =>
        navigator.locks.request(`${prefix}${name}`, options, work),
    } as DeviceDeps['locks'] & object,
    openChannel: (name) => {
      const channel = new BroadcastChannel(`${prefix}${name}`) as BroadcastChannel & { unref?: () => void }
      channel.unref?.()
      const post = channel.postMessage.bind(channel)
      channel.postMessage = (message: unknown) => {
        messages.push(message)
        post(message)
      }
      return channel
    },
  }
}

describe('two tabs of one account', () => {
  test('one of them syncs, both show the same, and what they tell each other holds nothing about anybody', async () => {
    const server = house()
    const browser = newBrowser()
    const messages: unknown[] = []
    const tabs = tabsOf(messages)
    const one = await startDevice(server, browser, tabs)
    const other = await startDevice(server, browser, tabs)
    await eventually(() => expect(one.connection()).toMatchObject({ state: 'live', leading: true }))
    await eventually(() => expect(other.connection()).toMatchObject({ state: 'live', leading: false }))
    expect(server.sockets()).toBe(1)
    server.put(contactsName, contact('2', 'Berit Hemlig'))
    await eventually(() => expect(names(other.rows('contacts')())).toEqual(['1', '2']))
    expect(names(one.rows('contacts')())).toEqual(['1', '2'])
    expect(other.viewState('contacts')()).toBe('live')
    expect(JSON.stringify(messages)).not.toContain('Hemlig')
    expect(JSON.stringify(messages)).not.toContain('Namn')
  })

  test('what is asked in the one that follows is sent by the one that leads, and both see its fate', async () => {
    const server = house()
    const browser = newBrowser()
    const tabs = tabsOf()
    const one = await startDevice(server, browser, tabs)
    const other = await startDevice(server, browser, tabs)
    await eventually(() => expect(one.connection().state).toBe('live'))
    server.answers.push(({ commands }) =>
      commands.map(({ id }) => ({ id, status: 'refused', code: 'bond/blocked', at: '', documents: [] })),
    )
    other.chooseRole('person-a1')
    const answer = await other.dispatch(chooseSelf)
    expect(answer.ok).toBe(true)
    await eventually(() => expect(other.outbox()[0]?.state).toBe('refused'))
    await eventually(() => expect(one.outbox()[0]?.state).toBe('refused'))
    if (answer.ok) await one.acknowledge(answer.id)
    await eventually(() => expect(other.outbox()).toEqual([]))
  })

  test('the other takes over when the leading one is closed, with the newest rows and what is unsent', async () => {
    const server = house()
    const browser = newBrowser()
    const tabs = tabsOf()
    const one = await startDevice(server, browser, tabs)
    const other = await startDevice(server, browser, tabs)
    await eventually(() => expect(one.connection().state).toBe('live'))
    one.stop()
    await eventually(() => expect(other.connection()).toMatchObject({ state: 'live', leading: true }))
    server.put(contactsName, contact('2'))
    await eventually(() => expect(names(other.rows('contacts')())).toEqual(['1', '2']))
  })

  test('a document that may no longer be seen leaves the memory of both', async () => {
    const server = house()
    const browser = newBrowser()
    const tabs = tabsOf()
    const one = await startDevice(server, browser, tabs)
    const other = await startDevice(server, browser, tabs)
    await eventually(() => expect(names(other.rows('contacts')())).toEqual(['1']))
    server.deny(contactsName, 4403)
    await eventually(() => expect(one.viewState('contacts')()).toBe('absent'))
    await eventually(() => expect(other.viewState('contacts')()).toBe('absent'))
    expect(other.rows('contacts')()).toEqual([])
  })

  test('signing out in one erases the account and closes the other', async () => {
    const server = house()
    const browser = newBrowser()
    const tabs = tabsOf()
    const one = await startDevice(server, browser, tabs)
    let left: boolean | undefined
    await startDevice(server, browser, { ...tabs, onLeft: (erased) => void (left = erased) })
    await eventually(() => expect(one.connection().state).toBe('live'))
    await one.signOut(false)
    expect(server.events).toContain('DELETE /api/session')
    await eventually(() => expect(left).toBe(true))
    await eventually(async () => {
      expect((await browser.indexedDB.databases()).map(({ name }) => name)).toEqual([])
    })
  })
})

describe('two accounts on one browser', () => {
  test('keep to databases of their own, and a call in flight while the account is left writes nothing', async () => {
    const server = house()
    const browser = newBrowser()
    const one = await startDevice(server, browser)
    one.chooseRole('person-a1')
    await eventually(() => expect(one.connection().state).toBe('live'))
    let answerNow: () => void = () => undefined
    const waiting = new Promise<void>((resolve) => {
      answerNow = resolve
    })
    const slow: typeof fetch = async (input, init) => {
      const response = await server.fetch(input, init)
      if ((input as string).endsWith('/api/commands')) await waiting
      return response
    }
    one.stop()
    const slowOne = await startDevice(server, browser, { fetch: slow })
    slowOne.chooseRole('person-a1')
    await slowOne.dispatch(chooseSelf)
    await eventually(() => expect(server.calls).toHaveLength(1))
    slowOne.stop()

    server.sessionAccount = 'a2'
    server.documents.clear()
    server.serve('me/a2', 'me', 'org-1')
    const two = await startDevice(server, browser, { session: sessionOf('a2') })
    await eventually(() => expect(two.connection().state).toBe('live'))
    answerNow()
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(two.outbox()).toEqual([])
    const first = await openDeviceStore('a1', { indexedDB: browser.indexedDB, IDBKeyRange })
    expect((await readOutbox(first)).map(({ state }) => state)).toEqual(['sending'])
    expect((await readMarks(first)).map(({ name }) => name)).not.toContain('me/a2')
    first.close()
  })

  test("a device whose cookie has become another account's applies nothing and sends nothing", async () => {
    const server = house('a2')
    const browser = newBrowser()
    // As a server that does not look at the account a device names.
    const careless: typeof fetch = async (input, init) => {
      const headers = new Headers(init?.headers)
      headers.delete('x-account')
      return server.fetch(input, { ...init, headers })
    }
    let left: boolean | undefined
    const device = await startDevice(server, browser, {
      session: sessionOf('a1'),
      fetch: careless,
      onLeft: (erased) => void (left = erased),
    })
    await eventually(() => expect(left).toBe(false))
    expect(device.connection().state).toBe('signed-out')
    expect(device.rows('contacts')()).toEqual([])
    const store = await openDeviceStore('a1', { indexedDB: browser.indexedDB, IDBKeyRange })
    expect(await readMarks(store)).toEqual([])
    store.close()
  })

  test('a browser taken over by another account does not send the commands of the former', async () => {
    const server = house()
    const memory = makePassingMemory()
    memory.set('account', 'a2')
    const device = await startDevice(server, newBrowser(), { memory })
    device.chooseRole('person-a1')
    await device.dispatch(chooseSelf)
    await eventually(() => expect(device.connection().state).toBe('live'))
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(server.calls).toEqual([])
    expect(device.outbox().map(({ state }) => state)).toEqual(['queued'])
  })

  test('a store that was closed, or erased by another tab, takes nothing more and is not brought back to life', async () => {
    const browser = newBrowser()
    const deps = { indexedDB: browser.indexedDB, IDBKeyRange }
    const store = await openDeviceStore('a1', deps)
    await new Promise((resolve) => {
      browser.indexedDB.deleteDatabase(databaseName('a1')).addEventListener('success', resolve)
    })
    await expect(store.setMeta('session', { name: 'Anna' })).rejects.toBeInstanceOf(StoreClosedFault)
    expect(await browser.indexedDB.databases()).toEqual([])
  })
})

describe('the start of the app', () => {
  const opened: Start[] = []
  function start(
    server: TinyServer,
    browser: Browser & { memory?: DeviceDeps['memory'] },
    nowMs: () => number = Date.now,
  ): Start {
    browser.memory ??= makePassingMemory()
    const begun = startHere(
      depsOf(server, browser, { memory: browser.memory, clock: { nowMs } }),
      async (session, deps, stored) => {
        const house: Device = await createDevice(session, deps, stored)
        return { house, close: () => house.stop() }
      },
    )
    opened.push(begun)
    return begun
  }
  const houseOf = (begun: Start): Device | null => {
    const stage = begun.stage()
    return stage.kind === 'house' ? stage.house : null
  }

  test('shows the stored account without a network, and the sign-in when there is none', async () => {
    const server = house()
    const browser = newBrowser()
    const first = start(server, browser)
    await eventually(() => expect(houseOf(first)?.connection().state).toBe('live'))
    await houseOf(first)?.save()
    first.close()
    server.reachable = false
    const again = start(server, browser)
    await eventually(() => expect(names(houseOf(again)?.rows('contacts')() ?? [])).toEqual(['1']))
    again.close()
    const stranger = start(server, newBrowser())
    await eventually(() =>
      expect(stranger.stage()).toEqual({ kind: 'sign-in', contact: false, lapsed: false }),
    )
  })

  test('[V8] a device away for more than seven days shows nothing, also with its clock set back, and keeps unsent work', async () => {
    const server = house()
    const browser = newBrowser()
    let nowMs = Date.now()
    const dayMs = 24 * 3_600_000
    const clock = () => nowMs
    const first = start(server, browser, clock)
    await eventually(() => expect(houseOf(first)?.connection().state).toBe('live'))
    await houseOf(first)?.save()
    server.reachable = false
    server.cut()
    houseOf(first)?.chooseRole('person-a1')
    await houseOf(first)?.dispatch(chooseSelf)
    first.close()

    nowMs += 6.9 * dayMs
    const within = start(server, browser, clock)
    await eventually(() => expect(houseOf(within)).not.toBeNull())
    within.close()

    nowMs += 0.2 * dayMs
    const after = start(server, browser, clock)
    await eventually(() => expect(after.stage()).toEqual({ kind: 'sign-in', contact: false, lapsed: true }))
    after.close()
    nowMs -= 7 * dayMs
    const setBack = start(server, browser, clock)
    await eventually(() => expect(setBack.stage().kind).toBe('sign-in'))
    setBack.close()
    const left = await openDeviceStore('a1', { indexedDB: browser.indexedDB, IDBKeyRange })
    expect(await readMarks(left)).toEqual([])
    expect(await readOutbox(left)).toHaveLength(1)
    left.close()

    server.reachable = true
    const back = start(server, browser, clock)
    await eventually(() => expect(houseOf(back)?.connection().state).toBe('live'))
    await eventually(() => expect(houseOf(back)?.outbox()).toEqual([]))
    houseOf(back)?.chooseRole('org-1')
    await eventually(() => expect(names(houseOf(back)?.rows('contacts')() ?? [])).toEqual(['1']))
    back.close()
  })

  test('a session that has ended shows the sign-in and keeps the data for the same account', async () => {
    const server = house()
    const browser = newBrowser()
    const first = start(server, browser)
    await eventually(() => expect(houseOf(first)?.connection().state).toBe('live'))
    server.sessionAccount = null
    server.cut()
    await eventually(() => expect(first.stage()).toEqual({ kind: 'sign-in', contact: true, lapsed: false }))
    server.sessionAccount = 'a1'
    server.copies.length = 0
    await first.enter(sessionOf('a1'))
    await eventually(() => expect(names(houseOf(first)?.rows('contacts')() ?? [])).toEqual(['1']))
    await eventually(() => expect(houseOf(first)?.connection().state).toBe('live'))
    expect(server.copies).toEqual([])
    first.close()
  })

  test("another account's sign-in takes the former's data from the device, but not its unsent work", async () => {
    const server = house()
    const browser = newBrowser()
    const first = start(server, browser)
    await eventually(() => expect(houseOf(first)?.connection().state).toBe('live'))
    server.reachable = false
    houseOf(first)?.chooseRole('person-a1')
    await houseOf(first)?.dispatch(chooseSelf)
    server.reachable = true
    server.sessionAccount = 'a2'
    server.documents.clear()
    server.serve('me/a2', 'me', 'org-1')
    await first.enter(sessionOf('a2'))
    await eventually(() => expect(houseOf(first)?.session().account).toBe('a2'))
    const former = await openDeviceStore('a1', { indexedDB: browser.indexedDB, IDBKeyRange })
    expect(await readMarks(former)).toEqual([])
    expect(await former.getMeta('session')).toBeUndefined()
    expect(await readOutbox(former)).toHaveLength(1)
    former.close()
    first.close()
  })

  test('a sign-out without a network erases at once, and ends the session before anything else at the next start', async () => {
    const server = house()
    const browser = newBrowser()
    const first = start(server, browser)
    await eventually(() => expect(houseOf(first)?.connection().state).toBe('live'))
    server.reachable = false
    await houseOf(first)?.signOut(true)
    expect(await browser.indexedDB.databases()).toEqual([])
    const again = start(server, browser)
    await eventually(() => expect(again.stage()).toEqual({ kind: 'sign-in', contact: false, lapsed: false }))
    server.reachable = true
    server.events.length = 0
    const third = start(server, browser)
    await eventually(() => expect(third.stage().kind).not.toBe('starting'))
    expect(server.events[0]).toBe('DELETE /api/session')
    server.events.length = 0
    await third.enter(sessionOf('a1'))
    await eventually(() => expect(houseOf(third)?.connection().state).toBe('live'))
    expect(server.events).not.toContain('DELETE /api/session')
    expect(faults).toEqual([])
    third.close()
  })
})
