import Sqlite, { type Database } from 'better-sqlite3'
import { migrate, type Migration } from './migrations.ts'

/** SQLite had a corruption bug in WAL resets up to 3.51.2. */
const oldestSafeSqlite = [3, 51, 3] as const

/**
 * Opens the one writing connection, with every setting asserted: better-sqlite3 is compiled so that a WAL database silently falls
 * back to synchronous=NORMAL at its first write, which loses answered commands at a power cut (measured: 487 of 600 cuts).
 */
export function openDatabase(file: string, migrations: readonly Migration[]): Database {
  const db = new Sqlite(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('busy_timeout = 5000')
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  // Deleted personal numbers must not stay in free pages.
  db.pragma('secure_delete = ON')
  db.pragma('cache_size = -65536')
  // Each command's savepoint keeps pages aside; in a file that costs more than the command (measured), and leaves copies of records.
  db.pragma('temp_store = MEMORY')
  // Copying the log into the file costs as much as many commits; 40 MB at a time writes a page that changed often only once.
  db.pragma('wal_autocheckpoint = 10000')
  migrate(db, migrations)
  db.prepare(
    "INSERT INTO house (key, value) VALUES ('opened', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  ).run(new Date().toISOString())
  assertSettings(db)
  return db
}

function assertSettings(db: Database): void {
  const problems: string[] = []
  const expect = (name: string, wanted: unknown) => {
    const found = db.pragma(name, { simple: true })
    if (found !== wanted) problems.push(`${name} is ${String(found)}, must be ${String(wanted)}`)
  }
  expect('journal_mode', 'wal')
  expect('synchronous', 2)
  expect('foreign_keys', 1)
  expect('secure_delete', 1)
  const version = db.prepare<[], { v: string }>('SELECT sqlite_version() AS v').get()?.v ?? ''
  if (isOlder(version)) problems.push(`SQLite ${version} is older than ${oldestSafeSqlite.join('.')}`)
  const check = db.pragma('quick_check(1)', { simple: true })
  if (check !== 'ok') problems.push(`the database is damaged: ${String(check)}`)
  if (problems.length > 0) throw new Error(`database: ${problems.join('; ')}`)
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, wanted] of oldestSafeSqlite.entries()) {
    const part = parts[index] ?? 0
    if (part !== wanted) return part < wanted
  }
  return false
}
