import { AsyncLocalStorage } from 'node:async_hooks'
import type { StoredCommand, StoredDocument } from '#client/store/stored-types.ts'
import type { Prng } from './prng.ts'
import type { Timeline } from './timeline.ts'

type Key = string | number
type Row = Readonly<Record<string, unknown>>
type Content = Map<string, Map<Key, Row>>

/**
 * A browser's disk. Transactions take turns; one is on disk a moment after its work is done, all of it or nothing, and only
 * then does it say so. A crash in that moment may have lost it, or lost only the word.
 */
export interface MemoryDisk {
  readonly database: (name: string) => MemoryDatabase
  /** As IndexedDB is asked by the client, past Dexie. */
  readonly open: (name: string) => RawRequest
  readonly databases: () => Promise<readonly { readonly name: string }[]>
  /** As IndexedDB is asked by the client. */
  readonly deleteDatabase: (name: string) => {
    readonly addEventListener: (type: string, heard: () => void) => void
  }
  readonly crash: () => void
}

export interface MemoryDatabase {
  readonly table: (name: string, keyPath: string) => MemoryTable
  readonly transact: <T>(work: () => Promise<T>) => Promise<T>
  /** As IndexedDB gives it, for reading only. */
  readonly raw: () => RawDatabase
  readonly documents: () => readonly StoredDocument[]
  readonly outbox: () => readonly StoredCommand[]
  /** Everything that is on it, as text, for searching. */
  readonly text: () => string
  readonly crash: () => void
}

export type MemoryTable = ReturnType<typeof createTable>

/** A request that is answered in the next breath; undefined = it failed. */
export interface RawRequest {
  readonly addEventListener: (
    type: string,
    heard: (event: { readonly preventDefault: () => void }) => void,
  ) => void
  readonly result: unknown
}

/** Dexie counts in tenths. */
const rawVersion = 10
type RawDatabase = ReturnType<typeof rawDatabase>
type Range = { readonly lower: string; readonly upper: string }

/** As much of IDBKeyRange as the client asks for. */
export const keyRange = {
  bound: (lower: string, upper: string): Range => ({ lower, upper }),
  only: (key: string): Range => ({ lower: key, upper: key }),
}

interface Scope {
  readonly draft: Content
  wrote: boolean
}

/** The transaction that what runs now is part of, as Dexie knows it by its zones. */
const scopes = new AsyncLocalStorage<Scope>()
const slowestCommitMs = 60

export function createMemoryDisk(
  timeline: Timeline,
  prng: Prng,
  onSaved: (row: StoredDocument) => void,
): MemoryDisk {
  const databases = new Map<string, MemoryDatabase>()
  return {
    database: (name) => {
      const known = databases.get(name) ?? createDatabase(timeline, prng, onSaved)
      databases.set(name, known)
      return known
    },
    open: (name) => answering(databases.get(name)?.raw()),
    databases: async () => [...databases.keys()].map((name) => ({ name })),
    deleteDatabase: (name) => {
      databases.delete(name)
      return {
        addEventListener: (type, heard) => {
          if (type === 'success') timeline.plan(1, heard)
        },
      }
    },
    crash: () => {
      for (const database of databases.values()) database.crash()
    },
  }
}

function createDatabase(
  timeline: Timeline,
  prng: Prng,
  onSaved: (row: StoredDocument) => void,
): MemoryDatabase {
  let content: Content = new Map()
  let turn: Promise<void> = Promise.resolve()
  let committing: Content | null = null

  async function transact<T>(work: () => Promise<T>): Promise<T> {
    const before = turn
    const done = Promise.withResolvers<void>()
    turn = done.promise
    await before
    const scope: Scope = { draft: copyOf(content), wrote: false }
    try {
      const value = await scopes.run(scope, work)
      if (scope.wrote) await commit(scope.draft)
      return value
    } finally {
      done.resolve()
    }
  }
  function commit(draft: Content): Promise<void> {
    committing = draft
    return new Promise((resolve) => {
      timeline.plan(prng.below(slowestCommitMs), () => {
        content = draft
        committing = null
        resolve()
      })
    })
  }
  const rowsOf = <T>(name: string) => [...(content.get(name)?.values() ?? [])] as unknown as T[]
  return {
    table: (name, keyPath) => {
      if (!content.has(name)) content.set(name, new Map())
      const put = (row: Row) => {
        if (name === 'documents') onSaved(row as unknown as StoredDocument)
      }
      return createTable(name, keyPath, () => content, transact, put)
    },
    transact,
    raw: () => rawDatabase(() => content),
    documents: () => rowsOf('documents'),
    outbox: () => rowsOf('outbox'),
    text: () => textOf(content),
    /** Who waited waits for ever: they are gone. */
    crash: () => {
      if (committing !== null && prng.chance(0.5)) content = committing
      committing = null
      turn = Promise.resolve()
    },
  }
}

function createTable(
  name: string,
  keyPath: string,
  content: () => Content,
  transact: <T>(work: () => Promise<T>) => Promise<T>,
  onPut: (row: Row) => void,
) {
  // '[name+part]' is a key of two values.
  const paths = keyPath.replaceAll(/[[\]]/g, '').split('+')
  const oneKey = (values: readonly unknown[]): Key =>
    values.length === 1 ? (values[0] as Key) : values.join('\n')
  const keyOf = (row: Row) => oneKey(paths.map((path) => row[path]))
  const rows = () => (scopes.getStore()?.draft ?? content()).get(name) ?? new Map<Key, Row>()
  const sorted = () => [...rows().values()].toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  async function write(work: (rows: Map<Key, Row>) => void): Promise<void> {
    const scope = scopes.getStore()
    if (scope === undefined) return transact(() => write(work))
    scope.wrote = true
    work(rows())
  }
  const put = (into: Map<Key, Row>, row: Row) => {
    into.set(keyOf(row), { ...row })
    onPut(row)
  }
  const chosen = (is: (row: Row) => boolean) => ({
    first: async () => sorted().find(is),
    delete: () =>
      write((from) => {
        for (const row of sorted().filter(is)) from.delete(keyOf(row))
      }),
  })
  return {
    get: async (key: Key | readonly unknown[]) => rows().get(oneKey(Array.isArray(key) ? key : [key])),
    toArray: async () => sorted(),
    count: async () => rows().size,
    orderBy: () => ({ toArray: async () => sorted() }),
    filter: (keep: (row: Row) => boolean) => ({ count: async () => sorted().filter(keep).length }),
    where: (path: string) => ({
      equals: (wanted: unknown) => chosen((row) => at(row, path) === wanted),
      anyOf: (wanted: readonly unknown[]) => chosen((row) => wanted.includes(at(row, path))),
    }),
    put: (row: Row) => write((into) => put(into, row)),
    bulkPut: (all: readonly Row[]) => write((into) => all.forEach((row) => put(into, row))),
    bulkAdd: (all: readonly Row[]) =>
      write((into) => {
        for (const row of all) {
          if (into.has(keyOf(row))) throw new Error(`constraint: ${name} ${String(keyOf(row))}`)
          put(into, row)
        }
      }),
    delete: (key: Key) => write((from) => void from.delete(key)),
    bulkDelete: (keys: readonly Key[]) => write((from) => keys.forEach((key) => from.delete(key))),
    clear: () => write((from) => from.clear()),
  }
}

function copyOf(content: Content): Content {
  return new Map([...content].map(([name, rows]) => [name, new Map(rows)]))
}

function at(row: Row, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Row | undefined)?.[key], row)
}

/** Bytes as Latin-1: the canaries are ASCII, and found in them as they stand. */
function textOf(content: Content): string {
  const parts: string[] = []
  for (const rows of content.values()) {
    for (const row of rows.values()) {
      for (const value of Object.values(row)) {
        parts.push(
          value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : JSON.stringify(value),
        )
      }
    }
  }
  return parts.join('\n')
}

function rawDatabase(content: () => Content) {
  const getAll = (table: string, range?: Range) =>
    [...(content().get(table) ?? [])]
      .filter(([key]) => range === undefined || (key >= range.lower && key <= range.upper))
      .map(([, row]) => row)
  return {
    version: rawVersion,
    close: () => undefined,
    addEventListener: () => undefined,
    transaction: () => ({
      objectStore: (table: string) => ({ getAll: (range?: Range) => answering(getAll(table, range)) }),
    }),
  }
}

function answering(result: unknown): RawRequest {
  const heard = new Map<string, Parameters<RawRequest['addEventListener']>[1]>()
  queueMicrotask(() => {
    heard.get(result === undefined ? 'error' : 'success')?.({ preventDefault: () => undefined })
  })
  return { addEventListener: (type, listener) => void heard.set(type, listener), result }
}
