import { headRows } from '../store/document-store.ts'
import { settleAccepted } from '../store/outbox-store.ts'
import type { OpenDocuments } from '../sync/open-documents.ts'
import { makeOutboxSender } from '../sync/outbox-sender.ts'
import type { TabNotice } from '../sync/tab-notices.ts'
import type { ConnectionState } from './connection.ts'
import type { DeviceParts } from './device-parts.ts'

/** What only the leading tab does: it speaks with the server. */
export interface Lead {
  readonly wake: () => void
  readonly send: () => void
  readonly save: () => Promise<void>
  readonly stop: () => void
}

export interface LeadDeps extends DeviceParts {
  readonly parties: () => readonly string[]
  readonly tell: (notice: TabNotice) => void
  readonly tellContact: () => void
  readonly isStopped: () => boolean
  readonly onSignedOut: () => void
}

/** How often the time of last contact is written down; it only floors a clock and fills a line of text. */
const contactGapMs = 60_000

export async function lead(at: LeadDeps): Promise<Lead | null> {
  const { store, calls, documents, clock, connection, outboxList, deps } = at
  // Yjs and y-websocket come now, after the first paint; nothing drawn so far needs them.
  const { openDocuments } = await import('../sync/open-documents.ts')
  if (at.isStopped()) return null
  const random = deps.random ?? Math.random
  let writtenMs = 0
  let settling = false

  function heard(serverTime: string | null): void {
    if (serverTime === null) return
    clock.heard(serverTime)
    connection.look()
    const nowMs = Date.parse(serverTime)
    if (nowMs - writtenMs < contactGapMs) return
    writtenMs = nowMs
    void store.setMeta('lastContact', serverTime).catch(unlessStopped)
    at.lease.renew()
  }
  function unlessStopped(fault: unknown): void {
    if (!at.isStopped()) deps.onFault(fault)
  }

  async function outboxChanged(): Promise<void> {
    await outboxList.refresh()
    at.tell({ about: 'outbox' })
    settle()
  }
  /** Lets go of what the documents now show by themselves. After the rows, so that nothing flickers. */
  function settle(): void {
    const due = outboxList.items().some((item) => item.state === 'accepted' && open.hasArrived(item))
    if (!due || settling) return
    settling = true
    void settleAccepted(store, open.hasArrived)
      .then(outboxList.refresh)
      .then(() => at.tell({ about: 'outbox' }))
      .catch(unlessStopped)
      .finally(() => {
        settling = false
        if (!at.isStopped()) settle()
      })
  }

  const sender = makeOutboxSender({
    store,
    calls,
    random,
    now: clock.now,
    isOurs: () => (at.memory.get('account') ?? store.account) === store.account,
    isOnline: at.deps.isOnline ?? (() => true),
    onChanged: outboxChanged,
    onReached: (reached) => {
      if (reached === 'signed-out') signedOut()
      else if (reached === 'update-needed') contact('update-needed')
    },
    onFault: unlessStopped,
  })

  function contact(next: Parameters<ConnectionState['set']>[0]): void {
    const before = connection.contact()
    connection.set(next)
    if (before !== next) at.tellContact()
    // The server is there again: so is the way for what waits.
    if (next === 'live' && before !== 'live') sender.wake()
  }
  function signedOut(): void {
    contact('signed-out')
    at.onSignedOut()
  }

  const open: OpenDocuments = openDocuments({
    store,
    calls,
    documents,
    random,
    firstRows: deps.firstRows ?? ((_view, rows) => rows.slice(0, headRows)),
    parties: at.parties,
    onFault: unlessStopped,
    WebSocket: deps.WebSocket,
    origin: deps.origin,
    onContact: (next) => (next === 'signed-out' ? signedOut() : contact(next)),
    onHeard: heard,
    onProgress: settle,
    onStored: (document) =>
      at.tell({
        about: 'rows',
        document,
      }),
  })
  open.wake()
  sender.wake()
  return {
    wake: open.wake,
    send: sender.wake,
    save: open.save,
    stop: () => {
      sender.stop()
      open.stop()
    },
  }
}
