import type { Entry } from '#shared/documents/entries.ts'
import type { DeviceStore } from './device-store.ts'
import type { DocumentMark, RoleViews, StoredDocument, StoredHead, StoredSnapshot } from './stored-types.ts'

/** Rows as they were last drawn, and which write they are of. */
export interface Snapshot {
  readonly epoch: string
  readonly seq: number
  readonly version: number
  readonly rows: readonly Entry[]
  /** The same by `keyOf`, when it was made on the way. */
  readonly byKey?: ReadonlyMap<string, Entry>
}

/** By what a row is known in its document. */
export function keyOf(entry: Entry): string {
  return `${entry.kind}:${entry.id}`
}

/** The first rows of a document; `complete` when it has no others. */
export interface Head extends Snapshot {
  readonly complete: boolean
}

/** A document of at most so many rows is drawn whole. */
export const headRows = 100
const rowsPerPart = 1000

/** The document, its snapshot and its head, in one transaction: none can be newer than the others. `texts` are its rows as JSON. */
export async function saveDocument(
  store: DeviceStore,
  document: StoredDocument,
  texts: readonly string[],
  first: readonly Entry[],
): Promise<void> {
  const { name, view, epoch, seq, version } = document
  const mark = { name, epoch, seq, version }
  const total = texts.length
  const head = total <= headRows ? joined(texts) : JSON.stringify(first)
  const parts = total <= headRows ? 0 : Math.ceil(total / rowsPerPart)
  const snapshot = Array.from({ length: parts }, (_, part): StoredSnapshot => {
    const payload = joined(texts.slice(part * rowsPerPart, (part + 1) * rowsPerPart))
    return { ...mark, part, parts, payload }
  })
  await store.run((tables) =>
    tables.transaction('rw', [tables.documents, tables.marks, tables.snapshots, tables.heads], async () => {
      await tables.documents.put(document)
      await tables.marks.put({ ...mark, view })
      await tables.heads.put({ ...mark, total, payload: head })
      await tables.snapshots.where('name').equals(name).delete()
      await tables.snapshots.bulkPut(snapshot)
    }),
  )
}

function joined(texts: readonly string[]): string {
  return `[${texts.join(',')}]`
}

/** The right is gone, or the copy is of another epoch: nothing of the document stays. */
export async function eraseDocuments(store: DeviceStore, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const keys = [...names]
  await store.run((tables) =>
    tables.transaction('rw', [tables.documents, tables.marks, tables.snapshots, tables.heads], async () => {
      await tables.documents.bulkDelete(keys)
      await tables.marks.bulkDelete(keys)
      await tables.snapshots.where('name').anyOf(keys).delete()
      await tables.heads.bulkDelete(keys)
    }),
  )
}

export async function readDocument(store: DeviceStore, name: string): Promise<StoredDocument | undefined> {
  return store.run(({ documents }) => documents.get(name))
}

/** Undefined also for a head that cannot be read: its rows are then taken from elsewhere. */
export async function readHead(store: DeviceStore, name: string): Promise<Head | undefined> {
  return openHead(await store.run(({ heads }) => heads.get(name)))
}

/** As it was when the store was opened. */
export function headAtStart(store: DeviceStore, name: string): Head | undefined {
  return openHead(store.first.heads.get(name))
}

function openHead(stored: StoredHead | undefined): Head | undefined {
  if (stored === undefined) return undefined
  const { epoch, seq, version, total, payload } = stored
  const rows = parsed(payload)
  return rows === undefined ? undefined : { epoch, seq, version, rows, complete: rows.length === total }
}

/**
 * All rows, read and parsed a part at a time, each as `prepare` gives it back. Undefined also for a snapshot that cannot be read: its
 * rows are then taken from the document.
 */
export async function readSnapshot(
  store: DeviceStore,
  name: string,
  prepare: (rows: readonly Entry[]) => readonly Entry[] = (rows) => rows,
): Promise<Snapshot | undefined> {
  const read = (part: number) => store.run(({ snapshots }) => snapshots.get([name, part]))
  const first = await read(0)
  if (first === undefined) {
    const head = await readHead(store, name)
    return head?.complete === true ? head : undefined
  }
  const { epoch, seq, version, parts } = first
  const rows: Entry[] = []
  const byKey = new Map<string, Entry>()
  let next: StoredSnapshot | undefined = first
  for (let part = 0; part < parts; part += 1) {
    // Another tab has written meanwhile: parts of two writes must not be mixed.
    if (next?.version !== version || next.epoch !== epoch) return readSnapshot(store, name, prepare)
    const some = parsed(next.payload)
    if (some === undefined) return undefined
    for (const row of prepare(some)) {
      rows.push(row)
      byKey.set(keyOf(row), row)
    }
    await breathe()
    if (part + 1 < parts) next = await read(part + 1)
  }
  return { epoch, seq, version, rows, byKey }
}

/** Lets the page answer before going on. */
function breathe(): Promise<void> {
  const { scheduler } = globalThis as { readonly scheduler?: { readonly yield?: () => Promise<void> } }
  // Where there is one: a chain of timers is slowed down to one in four milliseconds.
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve, 0))
}

function parsed(payload: string): readonly Entry[] | undefined {
  try {
    return JSON.parse(payload) as readonly Entry[]
  } catch {
    return undefined
  }
}

export async function readMarks(store: DeviceStore): Promise<readonly DocumentMark[]> {
  return store.run(({ marks }) => marks.toArray())
}

export async function readRoleViews(store: DeviceStore): Promise<readonly RoleViews[]> {
  return store.run(({ roleViews }) => roleViews.toArray())
}

export async function saveRoleViews(store: DeviceStore, views: RoleViews): Promise<void> {
  await store.run(({ roleViews }) => roleViews.put(views))
}
