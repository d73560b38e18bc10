import type { OutboxItem } from '../core/house.ts'

/** A document as it was last received: what Yjs needs to go on from there. */
export interface StoredDocument {
  readonly name: string
  readonly view: string
  readonly epoch: string
  readonly seq: number
  /** Counts the writes of this document, so that a snapshot and rows in memory can be known to be of the same write. */
  readonly version: number
  readonly bytes: Uint8Array
}

/**
 * A part of the rows of one document, ready to draw without Yjs: a JSON array of some thousand rows, read and parsed one at a time
 * so that the page stays answered meanwhile.
 */
export interface StoredSnapshot {
  readonly name: string
  readonly epoch: string
  readonly seq: number
  readonly version: number
  /** From 0. */
  readonly part: number
  readonly parts: number
  readonly payload: string
}

/**
 * What of a document is drawn first: the rows of the first screens, in a value of its own, so that the first drawing of a list
 * costs the same for fifty rows and for fifty thousand. Of a small document it is all of it.
 */
export interface StoredHead {
  readonly name: string
  readonly epoch: string
  readonly seq: number
  readonly version: number
  readonly total: number
  readonly payload: string
}

/** What a document's place on the device is known by, without its content. */
export type DocumentMark = Pick<StoredDocument, 'name' | 'view' | 'epoch' | 'seq' | 'version'>

/** A command on its way, with the documents that will carry its effect once it is accepted. */
export interface StoredCommand extends OutboxItem {
  /** The command's `seq`, by which the outbox is ordered. */
  readonly seq: number
  readonly documents: readonly { readonly name: string; readonly seq: number }[]
}

/** Which documents a role has; a view that is not among them is absent. */
export interface RoleViews {
  readonly party: string
  readonly documents: readonly { readonly name: string; readonly view: string }[]
}
