import type { Database } from 'better-sqlite3'
import { evolve, type Change } from '#shared/changes.ts'
import { columns, type RecordKind, type Records } from '#shared/records.ts'

/** Records as the journal tells them from the beginning, as the text that would stand in the tables. */
export function replayed(db: Database): readonly string[] {
  const records = new Map<string, Records[RecordKind]>()
  for (const row of db.prepare<[], { change: string }>('SELECT change FROM journal ORDER BY seq').iterate()) {
    const change = JSON.parse(row.change) as Change
    const key = `${change.kind}:${change.id}`
    records.set(key, evolve(records.get(key), change))
  }
  return [...records].map(([key, record]) => `${key} ${JSON.stringify(record)}`).sort()
}

/** What does stand there. */
export function recordsIn(db: Database): readonly string[] {
  return Object.keys(columns)
    .flatMap((kind) =>
      db
        .prepare<[], { id: string; record: string }>(`SELECT id, record FROM ${kind}`)
        .all()
        .map(({ id, record }) => `${kind}:${id} ${record}`),
    )
    .sort()
}
