import { IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openDeviceStore } from '#client/store/device-store.ts'
import { readDocument, readMarks } from '#client/store/document-store.ts'
import { eventually, newBrowser, startDevice, type Browser } from './device-of.ts'
import { contact } from './entries.ts'
import { startTinyServer } from './tiny-server.ts'

const contactsName = 'org/org-1/contacts'

function houseWithContacts(...ids: string[]) {
  const server = startTinyServer('a1')
  server.serve('me/a1', 'me', 'org-1')
  server.serve(
    contactsName,
    'contacts',
    'org-1',
    ids.map((id) => contact(id)),
  )
  return server
}

const names = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).toSorted()

async function onDisk(
  browser: Browser,
  work: (store: Awaited<ReturnType<typeof openDeviceStore>>) => Promise<void>,
) {
  const store = await openDeviceStore('a1', { indexedDB: browser.indexedDB, IDBKeyRange })
  await work(store)
  store.close()
}

describe('documents on a device', () => {
  test('come as one compressed copy at the first visit, then live, and the device never writes to them', async () => {
    const server = houseWithContacts('1', '2')
    const device = await startDevice(server, newBrowser())
    const rows = device.rows('contacts')
    await eventually(() => expect(device.viewState('contacts')()).toBe('live'))
    expect(names(rows())).toEqual(['1', '2'])
    expect(server.copies.toSorted()).toEqual(['me/a1', contactsName])

    const before = rows()
    const first = before.find(({ id }) => id === '1')
    server.put(contactsName, contact('2', 'Nytt namn', 2), contact('3'))
    await eventually(() => expect(names(rows())).toEqual(['1', '2', '3']))
    expect(rows()).not.toBe(before)
    expect(rows().find(({ id }) => id === '1')).toBe(first)
    expect(server.clientWrites).toBe(0)
  })

  test('a role without a view is told from one whose view has not come', async () => {
    const server = houseWithContacts('1')
    server.reachable = false
    const browser = newBrowser()
    const device = await startDevice(server, browser)
    expect(device.viewState('payers')()).toBe('loading')
    server.reachable = true
    device.wake()
    await eventually(() => expect(device.viewState('payers')()).toBe('absent'))
    device.chooseRole('person-a1')
    expect(device.viewState('contacts')()).toBe('absent')
  })

  test('are drawn from the disk without the server, and what changed meanwhile comes at contact', async () => {
    const server = houseWithContacts('1', '2')
    const browser = newBrowser()
    const device = await startDevice(server, browser)
    await eventually(() => expect(device.connection().state).toBe('live'))
    await device.save()
    device.stop()

    server.reachable = false
    const again = await startDevice(server, browser)
    await eventually(() => expect(again.viewState('contacts')()).toBe('stored'))
    expect(names(again.rows('contacts')())).toEqual(['1', '2'])
    await eventually(() => expect(again.connection().state).toBe('unreachable'))
    const kept = again
      .rows('contacts')()
      .find(({ id }) => id === '1')

    server.put(contactsName, contact('3'))
    server.copies.length = 0
    server.reachable = true
    again.wake()
    await eventually(() => expect(names(again.rows('contacts')())).toEqual(['1', '2', '3']))
    expect(
      again
        .rows('contacts')()
        .find(({ id }) => id === '1'),
    ).toBe(kept)
    expect(server.copies).toEqual([])
  })

  test('a link that is cut heals by itself, with a handshake first', async () => {
    const server = houseWithContacts('1')
    const device = await startDevice(server, newBrowser())
    await eventually(() => expect(device.connection().state).toBe('live'))
    server.events.length = 0
    server.cut()
    expect(device.connection().state).toBe('unreachable')
    server.put(contactsName, contact('2'))
    await eventually(() => expect(names(device.rows('contacts')())).toEqual(['1', '2']))
    const dialled = server.events.indexOf('dial /sync')
    expect(server.events.indexOf('POST /api/documents/handshake')).toBeLessThan(dialled)
  })

  test('rows that must go are gone from memory and disk before anything else is applied', async () => {
    const server = houseWithContacts('1', '2', '3')
    const browser = newBrowser()
    const device = await startDevice(server, browser)
    await eventually(() => expect(device.connection().state).toBe('live'))
    await device.save()
    device.stop()

    server.remove(contactsName, 'contact:2')
    server.put(contactsName, contact('4'))
    // The socket brings nothing: what goes, goes by the handshake alone.
    server.hold = true
    const again = await startDevice(server, browser)
    await eventually(() => expect(names(again.rows('contacts')())).toEqual(['1', '3']))
    await eventually(() =>
      expect(server.events.filter((event) => event === `open ${contactsName}`)).toHaveLength(2),
    )
    await onDisk(browser, async (store) => {
      const stored = await readDocument(store, contactsName)
      const doc = new Y.Doc()
      Y.applyUpdate(doc, stored?.bytes ?? new Uint8Array())
      expect([...doc.getMap('entries').keys()].toSorted()).toEqual(['contact:1', 'contact:3'])
      expect(new TextDecoder('latin1').decode(stored?.bytes)).not.toContain('Namn 2')
      expect((await store.run(({ heads }) => heads.get(contactsName)))?.payload).not.toContain('Namn 2')
    })
    server.release()
    await eventually(() => expect(names(again.rows('contacts')())).toEqual(['1', '3', '4']))
    expect(server.clientWrites).toBe(0)
  })

  test.each([4403, 4404])(
    'a document closed with %i leaves memory and disk, and is not asked for again',
    async (code) => {
      const server = houseWithContacts('1')
      const browser = newBrowser()
      const device = await startDevice(server, browser)
      await eventually(() => expect(device.connection().state).toBe('live'))
      server.events.length = 0
      server.deny(contactsName, code)
      await eventually(() => expect(device.viewState('contacts')()).toBe('absent'))
      expect(device.rows('contacts')()).toEqual([])
      await eventually(() =>
        onDisk(browser, async (store) => {
          expect((await readMarks(store)).map(({ name }) => name)).toEqual(['me/a1'])
          const parts = store.run(({ snapshots }) => snapshots.where('name').equals(contactsName).count())
          expect(await parts).toBe(0)
        }),
      )
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(server.events).not.toContain(`open ${contactsName}`)
    },
  )

  test('a document dropped by the handshake leaves the disk though its role is not acted for', async () => {
    const server = houseWithContacts('1')
    const browser = newBrowser()
    const device = await startDevice(server, browser)
    await eventually(() => expect(device.connection().state).toBe('live'))
    device.stop()
    server.documents.delete(contactsName)
    const again = await startDevice(server, browser)
    await eventually(() => expect(again.viewState('contacts')()).toBe('absent'))
    await onDisk(browser, async (store) => {
      expect(await readDocument(store, contactsName)).toBeUndefined()
    })
  })

  test('a document of a new epoch replaces the copy: nothing is doubled, nothing merged', async () => {
    const server = houseWithContacts('1', '2')
    const device = await startDevice(server, newBrowser())
    await eventually(() => expect(device.connection().state).toBe('live'))
    server.reseed(contactsName)
    server.remove(contactsName, 'contact:1')
    await eventually(() => expect(names(device.rows('contacts')())).toEqual(['2']))
    await eventually(() => expect(device.viewState('contacts')()).toBe('live'))
  })

  test('a session that is over keeps the data and stops asking', async () => {
    const server = houseWithContacts('1')
    const browser = newBrowser()
    let left: boolean | undefined
    const device = await startDevice(server, browser, { onLeft: (erased) => void (left = erased) })
    await eventually(() => expect(device.connection().state).toBe('live'))
    server.sessionAccount = null
    server.cut()
    await eventually(() => expect(left).toBe(false))
    expect(device.connection().state).toBe('signed-out')
    await onDisk(browser, async (store) => {
      expect(await readDocument(store, contactsName)).toBeDefined()
    })
  })
})
