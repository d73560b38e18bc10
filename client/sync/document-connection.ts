// The only file that knows Yjs on the device. Loaded after the first paint: rows are drawn from the snapshot without it.
import { WebsocketProvider } from 'y-websocket'
import { applyUpdate, Doc, encodeStateAsUpdate, type Map as YMap, type Transaction } from 'yjs'
import type { Entry } from '#shared/documents/entries.ts'
import type { DeviceStore } from '../store/device-store.ts'
import { headRows, readDocument, saveDocument } from '../store/document-store.ts'
import { channelAddress, channelClass } from './document-channel.ts'
import type { ManyDocumentsSocket } from './many-documents-socket.ts'
import type { RowSet } from './row-set.ts'
import { makeThrottledSave } from './throttled-save.ts'

export interface DocumentConnection {
  readonly name: string
  readonly view: string
  readonly epoch: string
  /** The number of the last change that is in. */
  readonly seq: () => number
  readonly isLive: () => boolean
  /** Lets go of entries at once, in memory, in the document and on disk, without a word to the server. */
  readonly purge: (keys: readonly string[]) => Promise<void>
  /** The real socket stands: ask for the document now instead of after y-websocket's own pause. */
  readonly resume: () => void
  readonly save: () => Promise<void>
  readonly stop: () => void
}

export interface DocumentDeps {
  readonly name: string
  readonly view: string
  readonly epoch: string
  readonly store: DeviceStore
  readonly rowSet: RowSet
  readonly socket: ManyDocumentsSocket
  /** Keys that have left the document since the stored copy. */
  readonly purge: readonly string[]
  /** Which rows are drawn first; asked at each saving. */
  readonly firstRows: (view: string, rows: readonly Entry[]) => readonly Entry[]
  /** False once the document was let go of while it was being opened. */
  readonly isWanted: () => boolean
  /** The whole document, for a first visit; null = it comes over the socket instead. */
  readonly fetchCopy: () => Promise<Uint8Array | null>
  readonly onProgress: () => void
  readonly onSaved: () => void
  /** The server closed the document for good. */
  readonly onClosed: (code: number) => void
  readonly onFault: (fault: unknown) => void
}

/**
 * Stored copy first, then the connection: what is applied to a Y.Doc later, from anywhere but the provider, is sent to the
 * server as a write, and the server closes on writes.
 */
export async function connectDocument(deps: DocumentDeps): Promise<DocumentConnection | null> {
  const { name, view, epoch, store, rowSet } = deps
  const doc = new Doc()
  const entries: YMap<unknown> = doc.getMap('entries')
  const meta: YMap<unknown> = doc.getMap('meta')
  const stored = await readDocument(store, name)
  const usable = stored?.epoch === epoch ? stored : undefined
  let version = stored?.version ?? 0
  const copy = usable?.bytes ?? (await deps.fetchCopy())
  if (!deps.isWanted()) return null
  if (copy !== null) applyUpdate(doc, copy)

  const seq = () => Number(meta.get('seq') ?? 0)
  const known = rowSet.mark()
  // Snapshot and document of one write have the same rows; parsing them again would only make new objects of the old.
  const sameWrite = usable !== undefined && known?.epoch === epoch && known.version === usable.version
  // Also when there is nothing yet: rows of another epoch must not stand among the new.
  if (!sameWrite) rowSet.replace(textsOf(entries))
  rowSet.setMark({ epoch, seq: seq(), version })

  async function save(): Promise<void> {
    version += 1
    const texts: string[] = []
    for (const [key, text] of textsOf(entries)) if (rowSet.has(key)) texts.push(text)
    const document = { name, view, epoch, seq: seq(), version, bytes: encodeStateAsUpdate(doc) }
    rowSet.setMark({ epoch, seq: document.seq, version })
    await saveDocument(
      store,
      document,
      texts,
      texts.length <= headRows ? [] : deps.firstRows(view, rowSet.rows()),
    )
    deps.onSaved()
  }
  const saving = makeThrottledSave(save, deps.onFault)

  const provider = new WebsocketProvider(channelAddress, name, doc, {
    connect: false,
    // Its channel between tabs is named by address alone, and would carry one account's rows into another's tab.
    disableBc: true,
    maxBackoffTime: 30_000,
    WebSocketPolyfill: channelClass(deps.socket),
  })
  // Nobody watches who reads a register: no cursor, no presence, no message every 15 s.
  provider.awareness.setLocalState(null)

  async function purge(keys: readonly string[]): Promise<void> {
    rowSet.erase(keys)
    // Deleting makes no struct of this device's own, and with the provider as origin nothing is sent.
    doc.transact(() => {
      for (const key of keys) if (entries.has(key)) entries.delete(key)
    }, provider)
    await save()
  }

  doc.on('afterTransaction', (transaction: Transaction) => {
    for (const [type, keys] of transaction.changed) {
      if ((type as unknown) === entries) rowSet.apply(changedTexts(entries, keys))
    }
    if (transaction.changed.size === 0) return
    saving.soon()
    deps.onProgress()
  })
  provider.on('sync', (synced) => {
    if (synced) rowSet.setState('live')
    deps.onProgress()
  })
  provider.on('closed', ({ code }) => deps.onClosed(code))

  if (deps.purge.length > 0) await purge(deps.purge)
  else if (usable === undefined && copy !== null) await save()
  if (!deps.isWanted()) {
    provider.destroy()
    doc.destroy()
    return null
  }
  provider.connect()

  return {
    name,
    view,
    epoch,
    seq,
    isLive: () => provider.synced,
    purge,
    resume: () => provider.connect(),
    save: saving.now,
    stop: () => {
      saving.stop()
      provider.destroy()
      doc.destroy()
    },
  }
}

function* textsOf(entries: YMap<unknown>): Generator<readonly [string, string]> {
  for (const [key, text] of entries.entries()) if (typeof text === 'string') yield [key, text]
}

function changedTexts(
  entries: YMap<unknown>,
  keys: ReadonlySet<string | null>,
): Map<string, string | undefined> {
  const changed = new Map<string, string | undefined>()
  for (const key of keys) {
    if (key === null) continue
    const text = entries.get(key)
    changed.set(key, typeof text === 'string' ? text : undefined)
  }
  return changed
}
