import { chmodSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'

/** Where the tables are. */
export function databaseFile(dataDir: string): string {
  return join(resolve(dataDir), 'handslag.sqlite')
}

/** Somebody else runs on this folder. */
export class DataDirTaken extends Error {
  constructor(dataDir: string) {
    super(`${dataDir} is in use: another Handslag runs on it. Stop it first.`)
    this.name = 'DataDirTaken'
  }
}

/**
 * Makes the folder, readable by its owner only, and takes it for this process alone. The lock is one of the operating
 * system's, held through an empty SQLite file: it is gone the moment the process is, also after kill -9, so there is no
 * stale lock to clear away and no process number that by then belongs to somebody else.
 */
export function acquireDataDir(dataDir: string): { readonly release: () => void } {
  const folder = resolve(dataDir)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const lock = new Sqlite(join(folder, 'handslag.lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new DataDirTaken(folder)
    throw error
  }
  held.add(lock)
  return {
    release: () => {
      held.delete(lock)
      lock.close()
    },
  }
}

/** Kept reachable: a connection nobody refers to is collected, and its lock with it. */
const held = new Set<Sqlite.Database>()
