import { chmodSync, existsSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { databaseFile } from './data-dir.ts'
import { moveDurably, removeDatabase } from './file-moves.ts'
import { BadBackup, verifyDatabase } from './verify-database.ts'

/**
 * Copies the database to FILE while the server goes on writing: one read transaction of another process sees one moment, and
 * WAL lets the writer past it. (SQLite's page-wise backup starts again whenever another connection writes.) FILE is there
 * only when the copy has been verified; an older FILE stays until then. Answers its size in bytes.
 */
export function backUp(dataDir: string, file: string): number {
  const source = databaseFile(dataDir)
  if (!existsSync(source)) throw new BadBackup(`there is no database in ${dataDir}`)
  const unfinished = `${file}.unfinished`
  removeDatabase(unfinished)
  try {
    const db = new Sqlite(source, { readonly: true, fileMustExist: true })
    try {
      db.prepare('VACUUM INTO ?').run(unfinished)
    } finally {
      db.close()
    }
    // It holds what the database holds: for its owner only.
    chmodSync(unfinished, 0o600)
    verifyDatabase(unfinished)
    moveDurably(unfinished, file)
  } finally {
    removeDatabase(unfinished)
  }
  return statSync(file).size
}
