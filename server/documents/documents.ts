import * as Y from 'yjs'
import { mayOpen } from '#shared/documents/audience.ts'
import type { Day } from '#shared/kernel/time.ts'
import { closeCodes } from '#shared/protocol/close-codes.ts'
import type { Chance } from '../chance.ts'
import type { OpenStore } from '../store/open-store.ts'
import { createDocumentTables } from './document-tables.ts'
import { createDocumentWriting } from './document-writing.ts'
import { copyOf, type DocumentListener, type LoadedDocument } from './loaded-document.ts'

/** Documents nobody listens to stay in memory this long, and at most so many. */
const idleMs = 10 * 60_000
const idleDocuments = 200

export interface DocumentsDeps {
  readonly store: OpenStore
  readonly today: () => Day
  readonly chance: Chance
  /** A view that threw: a bug. The entry is left out, which shows too little rather than too much. */
  readonly fault: (fault: unknown, document: string) => void
}

export interface Documents {
  /** Inside a write: this place shows a record that has changed. */
  readonly touch: (document: string, key: string) => void
  /** Inside a write: the number the document will have when this commit's changes are in it. */
  readonly nextSeq: (document: string) => number
  /** Inside a write: a role or account has changed; sockets that may no longer be open close before anything more is sent. */
  readonly rightsChanged: () => void
  /** Loads or builds it. Undefined only for what is not a document's name. */
  readonly open: (name: string) => Promise<LoadedDocument | undefined>
  readonly copy: (document: LoadedDocument) => Uint8Array
  readonly listen: (document: LoadedDocument, listener: DocumentListener) => () => void
  /** What a device holding this position must erase before anything else. */
  readonly purgeSince: (name: string, seq: number) => readonly string[]
  /** Rebuilds from the tables under a new epoch; devices replace their copy instead of merging. */
  readonly reseed: (name: string) => Promise<void>
  readonly closeAll: (code: number) => void
  readonly loaded: () => number
}

export function createDocuments(deps: DocumentsDeps): Documents {
  const { store } = deps
  const tables = createDocumentTables(store.db)
  const writing = createDocumentWriting({ ...deps, tables, facts: store.facts })
  const loaded = new Map<string, LoadedDocument>()
  /** Documents being built in slices, and what has changed of them meanwhile. */
  const building = new Map<string, Set<string>>()
  const opening = new Map<string, Promise<LoadedDocument>>()
  let touched = new Map<string, Set<string>>()
  let forced = new Set<string>()
  /** Loaded inside the commit under way; what was built of it falls with the commit. */
  let fresh: string[] = []
  let rightsHaveChanged = false
  let outgoing: { document: LoadedDocument; bytes: Uint8Array }[] = []

  function beforeCommit(): void {
    for (const [name, keys] of touched) {
      const document = loaded.get(name)
      if (document === undefined) {
        const changed = building.get(name)
        if (changed !== undefined) for (const key of keys) changed.add(key)
        // Nobody has it open: remember which keys, and compute them when somebody does. Never built = nothing to remember.
        if (tables.stands(name)) for (const key of keys) tables.addStale(name, key)
        continue
      }
      const bytes = writing.refresh(document, keys, forced.has(name))
      if (bytes === null) continue
      outgoing.push({ document, bytes })
    }
  }

  function afterCommit(): void {
    const sending = outgoing
    const recheckFirst = rightsHaveChanged
    reset()
    if (recheckFirst) recheck()
    for (const { document, bytes } of sending) {
      document.lastUsed = performance.now()
      for (const listener of document.sockets) listener.update(bytes)
    }
  }

  /** What is in memory is ahead of the disk and must go: the same client id and clock would mean two different things (F11). */
  function rolledBack(): void {
    const names = new Set([...touched.keys(), ...fresh])
    reset()
    for (const name of names) discard(name)
  }

  function reset(): void {
    touched = new Map()
    forced = new Set()
    fresh = []
    rightsHaveChanged = false
    outgoing = []
  }

  function recheck(): void {
    for (const document of loaded.values()) {
      for (const listener of document.sockets) {
        if (!mayOpen(listener.account, document.name, store.facts))
          listener.close(closeCodes.noAccess, 'no access')
      }
    }
  }

  function discard(name: string): void {
    const document = loaded.get(name)
    if (document === undefined) return
    loaded.delete(name)
    for (const listener of document.sockets) listener.close(closeCodes.otherEpoch, 'reload')
    document.doc.destroy()
  }

  function unloadIdle(): void {
    const now = performance.now()
    const idle = [...loaded.values()]
      .filter((document) => document.sockets.size === 0)
      .sort((one, other) => one.lastUsed - other.lastUsed)
    for (const [index, document] of idle.entries()) {
      if (now - document.lastUsed < idleMs && idle.length - index <= idleDocuments) break
      loaded.delete(document.name)
      document.doc.destroy()
    }
  }

  async function open(name: string): Promise<LoadedDocument> {
    const standing = loaded.get(name)
    if (standing !== undefined) return used(standing)
    const waiting = opening.get(name)
    if (waiting !== undefined) return waiting
    const promise = loadOrBuild(name)
    opening.set(name, promise)
    try {
      return await promise
    } finally {
      opening.delete(name)
      unloadIdle()
    }
  }

  async function loadOrBuild(name: string): Promise<LoadedDocument> {
    try {
      // Inside the writer, so that no commit can pass between reading the tables and being told of changes to them.
      const stored = await store.write(() => {
        const document = loaded.get(name) ?? writing.load(name)
        if (document === undefined) building.set(name, new Set())
        return document === undefined ? undefined : keep(document)
      })
      if (stored !== undefined) return stored
      const values = await writing.valuesInSlices(name)
      return await store.write(() => {
        // Started anew meanwhile: that one has heard of every change, and sockets hang on it.
        const document = loaded.get(name)
        if (document !== undefined) return used(document)
        return keep(writing.buildFrom(name, values, building.get(name) ?? []))
      })
    } finally {
      building.delete(name)
    }
  }

  function keep(document: LoadedDocument): LoadedDocument {
    loaded.set(document.name, document)
    fresh.push(document.name)
    return used(document)
  }

  function used(document: LoadedDocument): LoadedDocument {
    document.lastUsed = performance.now()
    return document
  }

  /** Nothing in memory has been changed yet but what was loaded for this commit, which nobody has seen. */
  function startedOver(): void {
    for (const name of fresh) loaded.delete(name)
    reset()
  }

  store.listen({ beforeCommit, afterCommit, startedOver, rolledBack })

  return {
    touch(document, key) {
      const keys = touched.get(document)
      if (keys === undefined) touched.set(document, new Set([key]))
      else keys.add(key)
    },
    nextSeq(document) {
      forced.add(document)
      if (!touched.has(document)) touched.set(document, new Set())
      return (loaded.get(document)?.seq ?? tables.position(document)?.seq ?? 0) + 1
    },
    open: (name) => open(name),
    copy: copyOf,
    listen(document, listener) {
      document.sockets.add(listener)
      return () => {
        document.sockets.delete(listener)
        document.lastUsed = performance.now()
      }
    },
    purgeSince: (name, seq) => tables.removalsSince(name, seq),
    reseed: (name) =>
      store.write(() => {
        const before = loaded.get(name)
        keep(writing.build(name))
        for (const listener of before?.sockets ?? []) listener.close(closeCodes.otherEpoch, 'new epoch')
        before?.doc.destroy()
      }),
    rightsChanged() {
      rightsHaveChanged = true
    },
    closeAll(code) {
      for (const document of loaded.values()) {
        for (const listener of document.sockets) listener.close(code, 'closing')
      }
    },
    loaded: () => loaded.size,
  }
}

/** The server's own vector, for telling whether a device is behind, level or from another life. */
export function vectorOf(document: LoadedDocument): Map<number, number> {
  return Y.decodeStateVector(Y.encodeStateVector(document.doc))
}
