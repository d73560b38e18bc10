import { closeCodes } from '#shared/protocol/close-codes.ts'
import { documentCopyPath, type HandshakeAnswer } from '#shared/protocol/documents-message.ts'
import type { Connection, ViewState } from '../core/house.ts'
import type { DeviceStore } from '../store/device-store.ts'
import { eraseDocuments } from '../store/document-store.ts'
import type { StoredCommand } from '../store/stored-types.ts'
import { makeBackoff } from './backoff.ts'
import { connectDocument, type DocumentConnection, type DocumentDeps } from './document-connection.ts'
import { isFinal, makeManyDocumentsSocket } from './many-documents-socket.ts'
import type { RoleDocuments } from './role-documents.ts'
import type { Call, ServerCalls } from './server-calls.ts'
import { isForAnother, shakeHands } from './shake-hands.ts'

/** Keeps the documents of an account's roles as the server has them. Only the leading tab has one. */
export interface OpenDocuments {
  /** Contact now: the network is back, the page is looked at, a role was chosen. */
  readonly wake: () => void
  /** The effect of an accepted command is in, or cannot come here. */
  readonly hasArrived: (item: StoredCommand) => boolean
  readonly save: () => Promise<void>
  readonly stop: () => void
}

export type Contact = Extract<
  Connection['state'],
  'unreachable' | 'connecting' | 'live' | 'signed-out' | 'update-needed'
>

export interface OpenDocumentsDeps {
  readonly store: DeviceStore
  readonly calls: ServerCalls
  readonly documents: RoleDocuments
  readonly WebSocket: new (url: string) => WebSocket
  readonly origin: string
  readonly random: () => number
  readonly firstRows: DocumentDeps['firstRows']
  /** The parties acted for on this device, the present one first. */
  readonly parties: () => readonly string[]
  readonly onContact: (contact: Contact) => void
  readonly onHeard: (serverTime: string | null) => void
  /** A document's rows or number changed in memory. */
  readonly onProgress: () => void
  /** Something changed on disk that other tabs show: a document's name. */
  readonly onStored: (name: string) => void
  readonly onFault: (fault: unknown) => void
}

export function openDocuments(deps: OpenDocumentsDeps): OpenDocuments {
  const { store, calls, documents } = deps
  const open = new Map<string, DocumentConnection>()
  const greeted = new Set<string>()
  /** Rises with each reason to greet anew; a greeting begun before one does not count. */
  let reasons = 0
  const backoff = makeBackoff(deps.random)
  const reopening = makeBackoff(deps.random)
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let contacting: Promise<void> | null = null
  let again = false
  let lastPresent: string | undefined
  let lastParties = ''

  const socket = makeManyDocumentsSocket({
    WebSocket: deps.WebSocket,
    origin: deps.origin,
    account: store.account,
    epochOf: (name) => open.get(name)?.epoch ?? epochs.get(name) ?? '',
    onUp: () => {
      for (const connection of open.values()) connection.resume()
      progress()
    },
    onDown: (code) => {
      if (stopped) return
      greetAnew()
      if (isFinal(code)) return finish(code === closeCodes.updateApp ? 'update-needed' : 'signed-out')
      deps.onContact('unreachable')
      tryLater(null)
    },
    onHeard: deps.onHeard,
    onFault: deps.onFault,
  })
  const epochs = new Map<string, string>()

  function greetAnew(party?: string): void {
    reasons += 1
    if (party === undefined) greeted.clear()
    else greeted.delete(party)
  }

  function finish(contact: 'signed-out' | 'update-needed'): void {
    stop()
    deps.onContact(contact)
  }

  function stop(): void {
    stopped = true
    clearTimeout(timer)
    for (const connection of open.values()) connection.stop()
    open.clear()
    socket.disconnect()
  }

  function tryLater(waitMs: number | null): void {
    clearTimeout(timer)
    timer = setTimeout(wake, Math.max(waitMs ?? 0, backoff.nextMs()))
  }

  function wake(): void {
    if (stopped) return
    clearTimeout(timer)
    if (contacting !== null) {
      again = true
      return
    }
    contacting = contact()
      .catch((fault: unknown) => {
        if (stopped) return
        deps.onFault(fault)
        tryLater(null)
      })
      .finally(() => {
        contacting = null
        if (again) {
          again = false
          wake()
        }
      })
  }

  /** Handshakes first, for every role that has something here; then the socket. */
  async function contact(): Promise<void> {
    if (!socket.isUp()) deps.onContact('connecting')
    for (const party of deps.parties()) {
      if (greeted.has(party)) continue
      const before = reasons
      const call = await shakeHands(calls, store, party, open)
      if (stopped) return
      if (call.kind !== 'answered') {
        // One role that is no longer ours must not keep the others from contact.
        if (call.kind === 'rejected' && (call.status === 403 || call.status === 404)) {
          await letGoOfRole(party)
          continue
        }
        return failed(call)
      }
      if (isForAnother(call.body, store.account)) return finish('signed-out')
      deps.onHeard(call.body.now)
      await follow(party, call.body)
      if (stopped) return
      if (reasons === before) greeted.add(party)
    }
    if (greeted.size > 0) socket.connect()
    progress()
  }

  function failed(call: Exclude<Call<never>, { kind: 'answered' }>): void {
    if (call.kind === 'signed-out' || call.kind === 'update-needed') return finish(call.kind)
    deps.onContact('unreachable')
    tryLater(call.kind === 'later' ? call.waitMs : null)
  }

  /** What must go goes first; then what is emptier than it was; then the rest. */
  async function follow(party: string, answer: HandshakeAnswer): Promise<void> {
    const still = new Set(answer.documents.map(({ name }) => name))
    const stale = answer.documents.filter(
      ({ name, epoch }) => open.has(name) && open.get(name)?.epoch !== epoch,
    )
    for (const name of answer.drop) await wipe(name, still.has(name) ? 'loading' : 'absent')
    for (const { name } of stale) await wipe(name, 'loading')
    for (const { name, purge } of answer.documents) documents.rowSet(name).erase(purge)
    await documents.setDocuments({
      party,
      documents: answer.documents.map(({ name, view }) => ({ name, view })),
    })
    deps.onStored('')
    const emptierFirst = answer.documents.toSorted((one, other) => other.purge.length - one.purge.length)
    for (const document of emptierFirst) {
      if (stopped) return
      const connection = open.get(document.name)
      if (connection === undefined) await connect(document)
      else if (document.purge.length > 0) await connection.purge(document.purge)
    }
  }

  async function connect({ name, view, epoch, purge }: HandshakeAnswer['documents'][number]): Promise<void> {
    epochs.set(name, epoch)
    const connection = await connectDocument({
      name,
      view,
      epoch,
      purge,
      store,
      socket,
      rowSet: documents.rowSet(name),
      firstRows: deps.firstRows,
      isWanted: () => !stopped && epochs.get(name) === epoch,
      fetchCopy: async () => {
        const call = await calls.bytes(`${documentCopyPath}?name=${encodeURIComponent(name)}`)
        // Whatever is wrong with the copy, the socket says it with authority, or brings the document itself.
        return call.kind === 'answered' && call.headers.get('x-epoch') === epoch ? call.body : null
      },
      onProgress: progress,
      onSaved: () => deps.onStored(name),
      onClosed: (code) => void closed(name, code).catch(deps.onFault),
      onFault: deps.onFault,
    })
    if (connection !== null) open.set(name, connection)
  }

  async function closed(name: string, code: number): Promise<void> {
    if (stopped) return
    if (isFinal(code)) return finish(code === closeCodes.updateApp ? 'update-needed' : 'signed-out')
    const gone = code === closeCodes.noAccess || code === closeCodes.noDocument
    await wipe(name, gone ? 'absent' : 'loading')
    progress()
    if (gone) return
    // Another epoch, or a copy that has gone astray: dropped, and opened anew, never in a tight circle.
    greetAnew()
    setTimeout(wake, reopening.nextMs())
  }

  async function wipe(name: string, state: ViewState): Promise<void> {
    epochs.delete(name)
    open.get(name)?.stop()
    open.delete(name)
    documents.rowSet(name).clear(state)
    await eraseDocuments(store, [name])
    if (state === 'absent') {
      await documents.forget(name)
      deps.onStored('')
    }
    deps.onStored(name)
  }

  async function letGoOfRole(party: string): Promise<void> {
    for (const { name } of documents.documentsOf(party)) {
      if (name !== `me/${store.account}`) await wipe(name, 'absent')
    }
    await documents.setDocuments({ party, documents: [] })
    deps.onStored('')
  }

  function progress(): void {
    if (stopped) return
    const present = deps.parties()[0]
    const names = present === undefined ? [] : documents.documentsOf(present).map(({ name }) => name)
    const live = socket.isUp() && names.every((name) => open.get(name)?.isLive() ?? !epochs.has(name))
    if (live) backoff.reset()
    if (live) deps.onContact('live')
    deps.onProgress()
    // The role acted for may have been taken, and another stands in its place without anybody having chosen it; or one that was
    // lost is back, not acted for, with something that still waits for its documents.
    const parties = deps.parties().join(' ')
    if (parties === lastParties) return
    lastParties = parties
    const first = lastPresent === undefined
    // Or it is back, with documents that were not its own when it was greeted last.
    if (!first && present !== undefined && present !== lastPresent) greetAnew(present)
    lastPresent = present
    if (deps.parties().some((party) => !greeted.has(party))) wake()
  }

  return {
    wake,
    hasArrived: ({ command, documents: carriers }) => {
      return carriers.every(({ name, seq }) => {
        const connection = open.get(name)
        if (connection !== undefined) return connection.seq() >= seq
        // Not open though the role has been greeted: this device may not have it, so nothing will come.
        // A role that has been lost meanwhile, with nothing of it left here, is greeted no more.
        const asked = greeted.has(command.as) || (greeted.size > 0 && !deps.parties().includes(command.as))
        return asked && !epochs.has(name)
      })
    },
    save: async () => {
      await Promise.all([...open.values()].map((connection) => connection.save()))
    },
    stop,
  }
}
