import type { DocumentMark, RoleViews, StoredCommand, StoredHead } from './stored-types.ts'

/** All that the first drawing needs of what is stored, as one transaction saw it. */
export interface FirstReading {
  readonly meta: ReadonlyMap<string, unknown>
  readonly roleViews: readonly RoleViews[]
  readonly outbox: readonly StoredCommand[]
  readonly heads: ReadonlyMap<DocumentMark['name'], StoredHead>
}

/** Dexie counts in tenths. */
const schemaVersion = 10

/**
 * Opens what is there, without Dexie: its own opening asks more than a drawing needs, and each question is a turn through the
 * browser's processes before anything stands on the screen. Null: nothing is there, or it is of another version of the app.
 */
export async function openAsItIs(name: string, indexedDB: IDBFactory): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name)
    // There was none: it must not come to be by being looked for.
    request.addEventListener('upgradeneeded', () => request.transaction?.abort())
    request.addEventListener('error', (event) => {
      event.preventDefault()
      resolve(null)
    })
    request.addEventListener('success', () => {
      const db = request.result
      if (db.version === schemaVersion) return resolve(db)
      db.close()
      resolve(null)
    })
  })
}

/** `party`: the one last acted for here; only its heads are read. Without it all are. */
export async function readFirst(
  db: IDBDatabase,
  { account, party, IDBKeyRange: KeyRange }: FirstReadingOptions,
): Promise<FirstReading> {
  const transaction = db.transaction(['meta', 'roleViews', 'outbox', 'heads'])
  const all = <T>(table: string, range?: IDBKeyRange) =>
    answerOf<T[]>(transaction.objectStore(table).getAll(range))
  const heads =
    party === null
      ? [all<StoredHead>('heads')]
      : [
          all<StoredHead>('heads', KeyRange.bound(`org/${party}/`, `org/${party}/\uffff`)),
          all<StoredHead>('heads', KeyRange.only(`me/${account}`)),
        ]
  const [meta, roleViews, outbox, ...found] = await Promise.all([
    all<{ readonly key: string; readonly value: unknown }>('meta'),
    all<RoleViews>('roleViews'),
    all<StoredCommand>('outbox'),
    ...heads,
  ])
  return {
    meta: new Map(meta.map(({ key, value }) => [key, value])),
    roleViews,
    outbox,
    heads: new Map(found.flat().map((head) => [head.name, head])),
  }
}

export interface FirstReadingOptions {
  readonly account: string
  readonly party: string | null
  readonly IDBKeyRange: typeof IDBKeyRange
}

function answerOf<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result as T))
    request.addEventListener('error', () => reject(request.error ?? new Error('unreadable')))
  })
}
