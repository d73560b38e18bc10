import type { Entry } from '#shared/documents/entries.ts'
import type { DeviceStore } from './device-store.ts'
import type { DocumentMark, RoleViews, StoredDocument } from './stored-types.ts'

/** Rows as they were last drawn, and which write they are of. */
export interface Snapshot {
  readonly epoch: string
  readonly seq: number
  readonly version: number
  readonly rows: readonly Entry[]
}

/** The first rows of a document; `complete` when it has no others. */
export interface Head extends Snapshot {
  readonly complete: boolean
}

/** A document of at most so many rows is drawn whole. */
export const headRows = 100
const rowsPerChunk = 2000

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
  const chunks: string[] = []
  for (let start = 0; start < total; start += rowsPerChunk)
    chunks.push(joined(texts.slice(start, start + rowsPerChunk)))
  await store.run((tables) =>
    tables.transaction('rw', [tables.documents, tables.marks, tables.snapshots, tables.heads], async () => {
      await tables.documents.put(document)
      await tables.marks.put({ ...mark, view })
      await tables.heads.put({ ...mark, total, payload: head })
      await tables.snapshots.put({ ...mark, chunks: total <= headRows ? [] : chunks })
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
      await tables.snapshots.bulkDelete(keys)
      await tables.heads.bulkDelete(keys)
    }),
  )
}

export async function readDocument(store: DeviceStore, name: string): Promise<StoredDocument | undefined> {
  return store.run(({ documents }) => documents.get(name))
}

/** Undefined also for a head that cannot be read: its rows are then taken from elsewhere. */
export async function readHead(store: DeviceStore, name: string): Promise<Head | undefined> {
  const stored = await store.run(({ heads }) => heads.get(name))
  if (stored === undefined) return undefined
  const { epoch, seq, version, total, payload } = stored
  const rows = parsed(payload)
  return rows === undefined ? undefined : { epoch, seq, version, rows, complete: rows.length === total }
}

/** All rows, parsed a chunk at a time. Undefined also for a snapshot that cannot be read: its rows are then taken from the document. */
export async function readSnapshot(store: DeviceStore, name: string): Promise<Snapshot | undefined> {
  const stored = await store.run(({ snapshots }) => snapshots.get(name))
  if (stored === undefined) return undefined
  const { epoch, seq, version, chunks } = stored
  if (chunks.length === 0) return readHead(store, name)
  const rows: Entry[] = []
  for (const chunk of chunks) {
    const some = parsed(chunk)
    if (some === undefined) return undefined
    for (const row of some) rows.push(row)
    if (chunks.length > 1) await breathe()
  }
  return { epoch, seq, version, rows }
}

/** Lets the page answer before going on. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
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
