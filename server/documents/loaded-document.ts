import * as Y from 'yjs'

/** A document in memory. The map `entries` is what its audience sees, `meta` says which epoch and how far. */
export interface LoadedDocument {
  readonly name: string
  readonly epoch: string
  seq: number
  readonly doc: Y.Doc
  readonly entries: Y.Map<string>
  readonly meta: Y.Map<string | number>
  readonly sockets: Set<DocumentListener>
  /** Keys that have left, as the table of removals has them. */
  readonly removed: Set<string>
  /** The whole as one update, made when asked for and good while `seq` stays. */
  copy: { readonly seq: number; readonly bytes: Uint8Array } | null
  updatesSinceState: number
  lastUsed: number
}

export interface DocumentListener {
  readonly account: string
  readonly update: (bytes: Uint8Array) => void
  readonly close: (code: number, reason: string) => void
}

/** Rises when the shape of entries changes in a way old devices cannot read. */
export const documentSchema = 1

export function emptyDocument(name: string, epoch: string): LoadedDocument {
  const doc = new Y.Doc({ gc: true })
  return {
    name,
    epoch,
    seq: 0,
    doc,
    entries: doc.getMap<string>('entries'),
    meta: doc.getMap<string | number>('meta'),
    sockets: new Set(),
    removed: new Set(),
    copy: null,
    updatesSinceState: 0,
    lastUsed: 0,
  }
}

/** The document as stored. The caller gives it a fresh client id *after* this: two lives of a server never write under the same. */
export function documentFromBytes(name: string, epoch: string, parts: readonly Uint8Array[]): LoadedDocument {
  const loaded = emptyDocument(name, epoch)
  loaded.doc.transact(() => {
    for (const part of parts) Y.applyUpdate(loaded.doc, part)
  })
  const seq = loaded.meta.get('seq')
  loaded.seq = typeof seq === 'number' ? seq : 0
  return loaded
}

export function copyOf(document: LoadedDocument): Uint8Array {
  if (document.copy === null || document.copy.seq !== document.seq) {
    document.copy = { seq: document.seq, bytes: Y.encodeStateAsUpdate(document.doc) }
  }
  return document.copy.bytes
}

/** Runs a write and gives back the one update it made, or null when it changed nothing. */
export function updateOf(document: LoadedDocument, write: () => void): Uint8Array | null {
  let bytes: Uint8Array | null = null
  const catchUpdate = (update: Uint8Array) => {
    bytes = update
  }
  document.doc.on('update', catchUpdate)
  try {
    document.doc.transact(write)
  } finally {
    document.doc.off('update', catchUpdate)
  }
  return bytes
}
