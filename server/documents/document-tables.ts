import type { Database } from 'better-sqlite3'

export interface StoredState {
  readonly epoch: string
  readonly seq: number
  readonly bytes: Uint8Array
}

/** The rows behind documents. All of it can be thrown away: it is computed from the records, under a new epoch. */
export function createDocumentTables(db: Database) {
  const state = db.prepare<[string], StoredState>(
    'SELECT epoch, seq, bytes FROM document_state WHERE name = ?',
  )
  const journal = db.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM journal')
  const stands = db.prepare<[string], { one: number }>('SELECT 1 AS one FROM document_state WHERE name = ?')
  const putState = db.prepare(
    `INSERT INTO document_state (name, epoch, seq, bytes) VALUES (?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, bytes = excluded.bytes`,
  )
  const updates = db.prepare<[string], { bytes: Uint8Array }>(
    'SELECT bytes FROM document_update WHERE name = ? ORDER BY seq',
  )
  const lastSeq = db.prepare<[string], { seq: number | null }>(
    'SELECT max(seq) AS seq FROM document_update WHERE name = ?',
  )
  const putUpdate = db.prepare('INSERT INTO document_update (name, seq, bytes) VALUES (?, ?, ?)')
  const dropUpdates = db.prepare('DELETE FROM document_update WHERE name = ?')
  const putRemoval = db.prepare(
    'INSERT INTO document_removal (name, key, seq) VALUES (?, ?, ?) ON CONFLICT (name, key) DO UPDATE SET seq = excluded.seq',
  )
  const dropRemoval = db.prepare('DELETE FROM document_removal WHERE name = ? AND key = ?')
  const removals = db.prepare<[string, number], { key: string }>(
    'SELECT key FROM document_removal WHERE name = ? AND seq > ?',
  )
  const putStale = db.prepare('INSERT INTO document_stale (name, key) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const stale = db.prepare<[string], { key: string }>('SELECT key FROM document_stale WHERE name = ?')
  const dropStale = db.prepare('DELETE FROM document_stale WHERE name = ?')
  const drops = ['document_state', 'document_update', 'document_removal', 'document_stale'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE name = ?`),
  )
  return {
    state: (name: string) => state.get(name),
    stands: (name: string) => stands.get(name) !== undefined,
    /** Epoch and newest seq, without loading the document. */
    position: (name: string): { epoch: string; seq: number } | undefined => {
      const row = state.get(name)
      return row === undefined ? undefined : { epoch: row.epoch, seq: lastSeq.get(name)?.seq ?? row.seq }
    },
    /**
     * What a document built now counts from. Its number rises at most once for each entry of the journal, so one that is built
     * anew, also after a restore, has at least the number any answer has promised of it, and no device waits for ever.
     */
    seqOfBuild: (): number => (journal.get()?.seq ?? 0) + 1,
    updates: (name: string) => updates.all(name).map((row) => row.bytes),
    /** The whole, replacing the updates so far: decode → encode, never a merge of updates, which would keep deleted values. */
    saveState: (name: string, epoch: string, seq: number, bytes: Uint8Array) => {
      putState.run(name, epoch, seq, bytes)
      dropUpdates.run(name)
    },
    addUpdate: (name: string, seq: number, bytes: Uint8Array) => putUpdate.run(name, seq, bytes),
    addRemoval: (name: string, key: string, seq: number) => putRemoval.run(name, key, seq),
    dropRemoval: (name: string, key: string) => dropRemoval.run(name, key),
    removalsSince: (name: string, seq: number) => removals.all(name, seq).map((row) => row.key),
    addStale: (name: string, key: string) => putStale.run(name, key),
    takeStale: (name: string): readonly string[] => {
      const keys = stale.all(name).map((row) => row.key)
      if (keys.length > 0) dropStale.run(name)
      return keys
    },
    hasStale: (name: string) => stale.get(name) !== undefined,
    drop: (name: string) => {
      for (const statement of drops) statement.run(name)
    },
  }
}
export type DocumentTables = ReturnType<typeof createDocumentTables>
