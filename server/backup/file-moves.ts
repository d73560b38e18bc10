import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

/** Puts a finished file in the place of another so that at every moment, also of a power cut, one of the two is there whole. */
export function moveDurably(from: string, to: string): void {
  flush(from)
  renameSync(from, to)
  flushFolder(dirname(to))
}

/** Removes a database with what SQLite keeps beside it. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true })
}

function flush(path: string): void {
  const handle = openSync(path, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

function flushFolder(path: string): void {
  // Windows has no handle for a folder; there the rename itself is written through.
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
