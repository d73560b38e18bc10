import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openStore } from '#server/store/open-store.ts'
import { temporaryFolder } from '../small-house.ts'

/** What the open connection really runs with. */
function settings(store: ReturnType<typeof openStore>) {
  const read = (name: string) => store.db.pragma(name, { simple: true })
  return {
    journal: read('journal_mode'),
    synchronous: read('synchronous'),
    foreignKeys: read('foreign_keys'),
    secureDelete: read('secure_delete'),
  }
}
const wanted = { journal: 'wal', synchronous: 2, foreignKeys: 1, secureDelete: 1 }

test('what is answered is on the disk: full synchronisation stands after the first write and after every opening', async () => {
  const file = join(temporaryFolder(), 'handslag.sqlite')
  for (let opening = 0; opening < 3; opening += 1) {
    const store = openStore(file)
    expect(settings(store)).toEqual(wanted)
    await store.write(() =>
      store.db.prepare(`INSERT OR REPLACE INTO house VALUES ('a', ?)`).run(String(opening)),
    )
    expect(settings(store)).toEqual(wanted)
    await store.close()
  }
})

test('SQLite is of an age that no longer damages files when it resets its log', () => {
  const db = new Sqlite(':memory:')
  const version = db
    .prepare<[], { v: string }>('SELECT sqlite_version() AS v')
    .get()!
    .v.split('.')
    .map(Number)
  db.close()
  const [major = 0, minor = 0, patch = 0] = version
  expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(3_051_003)
})

test('a damaged file is refused at start instead of being lived in', async () => {
  const file = join(temporaryFolder(), 'handslag.sqlite')
  const store = openStore(file)
  await store.write(() => {
    for (let row = 0; row < 2000; row += 1)
      store.db.prepare('INSERT INTO house VALUES (?, ?)').run(`key ${row}`, 'x'.repeat(200))
  })
  await store.close()
  const { openSync, writeSync, closeSync, statSync } = await import('node:fs')
  const handle = openSync(file, 'r+')
  for (let page = 30; page < statSync(file).size / 4096; page += 1)
    writeSync(handle, Buffer.alloc(2000, 0xa5), 0, 2000, page * 4096)
  closeSync(handle)
  expect(() => openStore(file)).toThrow(/damaged|malformed/)
})

test('deleted text does not stay in free pages', async () => {
  const file = join(temporaryFolder(), 'handslag.sqlite')
  const store = openStore(file)
  const canary = 'CANARY-19980228-2393'
  await store.write(() => store.db.prepare(`INSERT INTO house VALUES ('c', ?)`).run(canary.repeat(200)))
  store.db.pragma('wal_checkpoint(TRUNCATE)')
  await store.write(() => store.db.prepare(`DELETE FROM house WHERE key = 'c'`).run())
  store.db.pragma('wal_checkpoint(TRUNCATE)')
  await store.close()
  const { readFileSync } = await import('node:fs')
  expect(readFileSync(file).includes(canary)).toBe(false)
})
