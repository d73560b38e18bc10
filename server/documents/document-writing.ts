import { entryOf, keysOf } from '#shared/documents/views.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import type { Day } from '#shared/kernel/time.ts'
import type { Chance } from '../chance.ts'
import type { DocumentTables } from './document-tables.ts'
import {
  copyOf,
  documentFromBytes,
  documentSchema,
  emptyDocument,
  updateOf,
  type LoadedDocument,
} from './loaded-document.ts'

/** Updates kept beside a stored whole before a new whole is written. */
const updatesPerState = 200
const updatesPerCount = 50
/** Keys computed at a stretch while a document is built; in between others are answered. */
const keysPerSlice = 300

export interface DocumentWritingDeps {
  readonly facts: Facts
  readonly tables: DocumentTables
  readonly today: () => Day
  readonly chance: Chance
  /** A view that threw: a bug. The entry is left out, which shows too little rather than too much. */
  readonly fault: (fault: unknown, document: string) => void
}

export interface DocumentWriting {
  /** Recomputes these keys; what comes out the same is not written. The update, stored; or null when nothing changed. */
  readonly refresh: (document: LoadedDocument, keys: Iterable<string>, force: boolean) => Uint8Array | null
  /** Inside a write: from the tables, whole, under a new epoch. */
  readonly build: (name: string) => LoadedDocument
  /** Inside a write: as stored, with what went stale computed; undefined when it must be built. */
  readonly load: (name: string) => LoadedDocument | undefined
  /**
   * Outside a write: the values of a document, in slices, so that one of 20,000 rows does not stop the house. What changes
   * meanwhile must be recomputed by the caller.
   */
  readonly valuesInSlices: (name: string) => Promise<Map<string, string>>
  /** Inside a write: the document made of these values, with these keys computed again. */
  readonly buildFrom: (
    name: string,
    values: Map<string, string>,
    changedMeanwhile: Iterable<string>,
  ) => LoadedDocument
}

export function createDocumentWriting(deps: DocumentWritingDeps): DocumentWriting {
  const { facts, tables, today, chance } = deps

  function valueOf(name: string, key: string, day: Day): string | undefined {
    try {
      const entry = entryOf(name, key, facts, day)
      return entry === undefined ? undefined : JSON.stringify(entry)
    } catch (fault) {
      deps.fault(fault, name)
      return undefined
    }
  }

  function refresh(document: LoadedDocument, keys: Iterable<string>, force: boolean): Uint8Array | null {
    const day = today()
    const writes: [string, string | undefined][] = []
    for (const key of keys) {
      const value = valueOf(document.name, key, day)
      if (value !== document.entries.get(key)) writes.push([key, value])
    }
    if (writes.length === 0 && !force) return null
    const seq = document.seq + 1
    const bytes = updateOf(document, () => {
      for (const [key, value] of writes) {
        if (value === undefined) document.entries.delete(key)
        else document.entries.set(key, value)
      }
      document.meta.set('seq', seq)
    })
    document.seq = seq
    for (const [key, value] of writes) {
      if (value === undefined) {
        document.removed.add(key)
        tables.addRemoval(document.name, key, seq)
      } else if (document.removed.delete(key)) tables.dropRemoval(document.name, key)
    }
    if (bytes !== null) persist(document, bytes)
    return bytes
  }

  function persist(document: LoadedDocument, bytes: Uint8Array): void {
    document.updatesSinceState += 1
    if (isDueForState(document)) {
      tables.saveState(document.name, document.epoch, document.seq, copyOf(document))
      document.updatesSinceState = 0
    } else {
      tables.addUpdate(document.name, document.seq, bytes)
    }
  }

  function buildFrom(
    name: string,
    values: Map<string, string>,
    changedMeanwhile: Iterable<string>,
  ): LoadedDocument {
    const day = today()
    for (const key of changedMeanwhile) {
      const value = valueOf(name, key, day)
      if (value === undefined) values.delete(key)
      else values.set(key, value)
    }
    const document = emptyDocument(name, chance.epoch())
    document.doc.clientID = chance.clientId()
    document.seq = tables.seqOfBuild()
    document.doc.transact(() => {
      for (const [key, value] of values) document.entries.set(key, value)
      document.meta.set('seq', document.seq)
      document.meta.set('epoch', document.epoch)
      document.meta.set('schema', documentSchema)
    })
    tables.drop(name)
    tables.saveState(name, document.epoch, document.seq, copyOf(document))
    return document
  }

  return {
    refresh,
    build: (name) => buildFrom(name, new Map(), keysOf(name, facts)),
    buildFrom,
    load(name) {
      const state = tables.state(name)
      if (state === undefined) return undefined
      const updates = tables.updates(name)
      const document = documentFromBytes(name, state.epoch, [state.bytes, ...updates])
      document.doc.clientID = chance.clientId()
      document.updatesSinceState = updates.length
      for (const key of tables.removalsSince(name, 0)) document.removed.add(key)
      if (document.meta.get('schema') !== documentSchema) return undefined
      const stale = tables.takeStale(name)
      if (stale.length > 0) refresh(document, stale, true)
      // Too much that is dead: start the document anew rather than carry it to every device (4 × live).
      return isWornOut(document) ? undefined : document
    },
    async valuesInSlices(name) {
      const values = new Map<string, string>()
      const keys = keysOf(name, facts)
      for (let start = 0; start < keys.length; start += keysPerSlice) {
        const day = today()
        for (const key of keys.slice(start, start + keysPerSlice)) {
          const value = valueOf(name, key, day)
          if (value !== undefined) values.set(key, value)
        }
        await new Promise(setImmediate)
      }
      return values
    },
  }
}

/** Looked at now and then only: a Y.Map counts its entries by going through all of them. */
function isDueForState({ updatesSinceState, entries }: LoadedDocument): boolean {
  if (updatesSinceState < updatesPerState || updatesSinceState % updatesPerCount !== 0) return false
  return updatesSinceState >= updatesPerState + entries.size / 10
}

function isWornOut(document: LoadedDocument): boolean {
  let structs = 0
  for (const list of document.doc.store.clients.values()) structs += list.length
  return structs > 4 * (document.entries.size + 3) + 1000
}
