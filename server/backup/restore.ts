import { chmodSync, copyFileSync, existsSync, linkSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { acquireDataDir, databaseFile } from './data-dir.ts'
import { moveDurably, removeDatabase } from './file-moves.ts'
import { hasTable, verifyDatabase } from './verify-database.ts'

/**
 * Puts a backup in the place of the database of a stopped server. The replaced one stays beside it; answers its path, or null
 * when there was none. Throws DataDirTaken while a server runs, BadBackup for a file that is not whole; then nothing has changed.
 */
export function restore(dataDir: string, file: string, now: Date): string | null {
  const taken = acquireDataDir(dataDir)
  try {
    verifyDatabase(file)
    const target = databaseFile(dataDir)
    const incoming = `${target}.incoming`
    removeDatabase(incoming)
    copyFileSync(file, incoming)
    chmodSync(incoming, 0o600)
    const replaced = existsSync(target) ? target : undefined
    if (replaced !== undefined) foldLog(replaced)
    prepare(incoming, replaced, now)
    verifyDatabase(incoming)
    const aside = replaced === undefined ? null : keepAside(replaced, now)
    moveDurably(incoming, target)
    return aside
  } finally {
    taken.release()
  }
}

/**
 * The restored tables are of another time than what devices hold: documents get new epochs, so that devices replace their
 * copies instead of merging. Who is signed in is no part of the past either: sessions come from the database that is
 * replaced, or a session ended since the backup would live again. Without that database everyone signs in anew.
 */
function prepare(incoming: string, replaced: string | undefined, now: Date): void {
  const db = new Sqlite(incoming)
  try {
    // One file and nothing beside it until the server opens it.
    db.pragma('journal_mode = DELETE')
    db.pragma('secure_delete = ON')
    const sessions = replaced === undefined ? [] : sessionsOf(replaced)
    db.transaction(() => {
      for (const table of ['document_state', 'document_update', 'document_removal', 'document_stale']) {
        if (hasTable(db, table)) db.exec(`DELETE FROM ${table}`)
      }
      if (hasTable(db, 'sign_in_code')) db.exec('DELETE FROM sign_in_code')
      if (hasTable(db, 'session')) {
        db.exec('DELETE FROM session')
        const insert = db.prepare(
          `INSERT INTO session (token_hash, account, device_label, created_at, last_seen, expires_at)
           VALUES (@token_hash, @account, @device_label, @created_at, @last_seen, @expires_at)`,
        )
        for (const session of sessions) insert.run(session)
      }
      db.prepare(
        `INSERT INTO house (key, value) VALUES ('restored', ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
      ).run(now.toISOString())
    })()
  } finally {
    db.close()
  }
}

function sessionsOf(file: string): readonly unknown[] {
  let db
  try {
    db = new Sqlite(file, { readonly: true, fileMustExist: true })
    return hasTable(db, 'session') ? db.prepare('SELECT * FROM session').all() : []
  } catch (error) {
    // What is replaced may be replaced because it is broken.
    if (error instanceof Sqlite.SqliteError) return []
    throw error
  } finally {
    db?.close()
  }
}

/** Moves the write-ahead log into the file, so that the file alone is the whole database and no log is left for the next. */
function foldLog(file: string): void {
  try {
    const db = new Sqlite(file)
    try {
      db.pragma('journal_mode = DELETE')
    } finally {
      db.close()
    }
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error
  }
}

/** A second name for the old file first; the rename then takes over its old name in one step. */
function keepAside(file: string, now: Date): string {
  const aside = `${file}.before-restore-${now.toISOString().replaceAll(/[:.]/g, '-')}`
  linkSync(file, aside)
  // Of a database too broken to be folded, the log must not be taken for the new one's.
  for (const suffix of ['-wal', '-shm', '-journal']) {
    if (existsSync(file + suffix)) moveDurably(file + suffix, aside + suffix)
  }
  return aside
}
