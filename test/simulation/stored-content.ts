import * as Y from 'yjs'
import type { StoredDocument } from '#client/store/stored-types.ts'

/** What a stored document says, in an order of its own, so that two with the same content say the same. */
export function contentOf(row: Pick<StoredDocument, 'bytes'>): string {
  return JSON.stringify([...entriesOf(row.bytes)].toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

export function entriesOf(bytes: Uint8Array): Map<string, string> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, bytes)
  const entries = new Map(doc.getMap<string>('entries').entries())
  doc.destroy()
  return entries
}
