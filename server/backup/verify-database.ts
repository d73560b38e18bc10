import Sqlite from 'better-sqlite3'

/** A file that is not what a backup must be. */
export class BadBackup extends Error {
  constructor(reason: string) {
    super(`not a usable backup: ${reason}`)
    this.name = 'BadBackup'
  }
}

/** Reads the whole file: every page, every index, every reference; and that it is ours. Throws BadBackup. */
export function verifyDatabase(file: string): void {
  let db
  try {
    db = new Sqlite(file, { readonly: true, fileMustExist: true })
    const integrity = db.pragma('integrity_check(1)', { simple: true })
    if (integrity !== 'ok') throw new BadBackup(String(integrity))
    const broken = db.pragma('foreign_key_check')
    if (Array.isArray(broken) && broken.length > 0)
      throw new BadBackup(`${broken.length} broken reference(s)`)
    for (const table of ['house', 'journal', 'command']) {
      if (!hasTable(db, table)) throw new BadBackup(`it has no table ${table}`)
    }
  } catch (error) {
    throw error instanceof Sqlite.SqliteError ? new BadBackup(error.message) : error
  } finally {
    db?.close()
  }
}

export function hasTable(db: Sqlite.Database, name: string): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`).get(name) !== undefined
}
