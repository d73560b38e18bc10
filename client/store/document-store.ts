import type { Entry } from '#shared/documents/entries.ts'
import type { DeviceStore } from './device-store.ts'
import type { DocumentMark, RoleViews, StoredDocument, StoredSnapshot } from './stored-types.ts'

/** Rows as they were last drawn, and which write they are of. */
export interface Snapshot {
  readonly epoch: string
  readonly seq: number
  readonly version: number
  readonly rows: readonly Entry[]
}

/** The document and its snapshot, in one transaction: neither can be newer than the other. */
export async function saveDocument(
  store: DeviceStore,
  document: StoredDocument,
  payload: string,
): Promise<void> {
  const { name, view, epoch, seq, version } = document
  await store.run((tables) =>
    tables.transaction('rw', [tables.documents, tables.marks, tables.snapshots], async () => {
      await tables.documents.put(document)
      await tables.marks.put({ name, view, epoch, seq, version })
      await tables.snapshots.put({ name, epoch, seq, version, payload })
    }),
  )
}

/** The right is gone, or the copy is of another epoch: nothing of the document stays. */
export async function eraseDocuments(store: DeviceStore, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const keys = [...names]
  await store.run((tables) =>
    tables.transaction('rw', [tables.documents, tables.marks, tables.snapshots], async () => {
      await tables.documents.bulkDelete(keys)
      await tables.marks.bulkDelete(keys)
      await tables.snapshots.bulkDelete(keys)
    }),
  )
}

export async function readDocument(store: DeviceStore, name: string): Promise<StoredDocument | undefined> {
  return store.run(({ documents }) => documents.get(name))
}

/** Undefined also for a snapshot that cannot be read: its rows are then taken from the document. */
export async function readSnapshot(store: DeviceStore, name: string): Promise<Snapshot | undefined> {
  const stored = await store.run(({ snapshots }) => snapshots.get(name))
  return stored === undefined ? undefined : parsed(stored)
}

function parsed({ epoch, seq, version, payload }: StoredSnapshot): Snapshot | undefined {
  try {
    return { epoch, seq, version, rows: JSON.parse(payload) as readonly Entry[] }
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
