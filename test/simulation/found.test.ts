import { describe, expect, it } from 'vitest'
import type { DocumentChannel } from '#client/sync/document-channel.ts'
import { makeManyDocumentsSocket } from '#client/sync/many-documents-socket.ts'
import type { Change } from '#shared/changes.ts'
import { documentsFor, mayOpen } from '#shared/documents/audience.ts'
import { previewOf } from '#shared/documents/my-entries.ts'
import { must } from '#shared/kernel/must.ts'
import { memoryFacts, type MemoryFacts } from '../shared/memory-facts.ts'
import { historyOf, persons } from './world.ts'

/** What the simulator found, each as the smallest story of it. */
const today = '2026-11-23'

function smallWorld(): MemoryFacts {
  const facts = memoryFacts()
  for (const { changes } of historyOf('2026-11-20T09:00:00.000Z'))
    for (const change of changes) facts.apply(change)
  return facts
}

describe('what the weather brought to light', () => {
  it('lets a device that still believes in a lost role have the document that tells it [D2]', () => {
    const facts = smallWorld()
    const removed: Change = {
      type: 'staffRoleRemoved',
      kind: 'staffRole',
      by: 'account-00',
      at: `${today}T10:00:00.000Z`,
      id: '00000000-0000-4000-8000-000000000002',
    }
    facts.apply(removed)
    expect(documentsFor('account-01', 'o-bo', facts).map(({ name }) => name)).toEqual(['me/account-01'])
    expect(mayOpen('account-01', 'org/o-bo/base', facts)).toBe(false)
    expect(documentsFor('nobody', 'o-bo', facts)).toEqual([])
  })

  it('shows that a yes given now goes before one given earlier the same day, and shows the same tomorrow [D14] [D1]', () => {
    const facts = smallWorld()
    const person = persons[3]!.id
    const ask = (id: string, b: string): Change => ({
      type: 'bondProposed',
      kind: 'bond',
      bondType: 'billing',
      by: 'b',
      expiresOn: '2027-02-20',
      id,
      a: person,
      b,
      at: `${today}T08:00:00.000Z`,
      typed: null,
      note: '',
      follows: null,
    })
    facts.apply(ask('morning', 'o-bo'))
    facts.apply(ask('evening', 'o-cu'))
    facts.apply({
      type: 'bondConfirmed',
      kind: 'bond',
      id: 'morning',
      at: `${today}T09:30:00.000Z`,
      validFrom: today,
    })
    const waiting = must(facts.get('bond', 'evening'), 'the request')
    expect(previewOf(waiting, facts, today).payerNow.payer).toBe('o-bo')
    expect(previewOf(waiting, facts, today).payerThen.payer).toBe('o-cu')
    expect(previewOf(waiting, facts, '2026-11-24')).toEqual(previewOf(waiting, facts, today))
  })

  it('passes the server’s sign of life on to each document, which would else be opened anew every half minute', () => {
    const socket = new EventTarget() as EventTarget & { send: () => void; close: () => void }
    Object.assign(socket, { send: () => undefined, close: () => undefined })
    const many = makeManyDocumentsSocket({
      WebSocket: function () {
        return socket
      } as unknown as new (url: string) => WebSocket,
      origin: 'https://handslag.test',
      account: 'a',
      epochOf: () => 'e',
      onUp: () => undefined,
      onDown: () => undefined,
      onHeard: () => undefined,
      onFault: (fault) => expect(fault).toBeUndefined(),
    })
    const heard: Uint8Array[] = []
    const channel: DocumentChannel = {
      name: 'me/a',
      opened: () => undefined,
      closed: () => undefined,
      received: (message) => void heard.push(message),
    }
    many.connect()
    many.join(channel)
    socket.dispatchEvent(new Event('open'))
    socket.dispatchEvent(new MessageEvent('message', { data: '{"alive":"2026-11-23T08:00:00.000Z"}' }))
    // Awareness of nobody: y-websocket counts it as heard and does nothing else.
    expect(heard).toEqual([new Uint8Array([1, 1, 0])])
    many.disconnect()
  })
})
