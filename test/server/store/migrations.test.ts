import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '#server/store/open-store.ts'
import { temporaryFolder } from '../small-house.ts'

const good = { name: '100-good', sql: 'CREATE TABLE good (id TEXT); INSERT INTO good VALUES (1)' }

test('a migration that breaks half way leaves nothing behind, and the ones before it stand', async () => {
  const file = join(temporaryFolder(), 'handslag.sqlite')
  const broken = { name: '101-broken', sql: 'CREATE TABLE half (id TEXT); INSERT INTO nowhere VALUES (1)' }
  expect(() => openStore(file, { migrations: [good, broken] })).toThrow(/nowhere/)
  const mended = { name: '101-broken', sql: 'CREATE TABLE half (id TEXT)' }
  const store = openStore(file, { migrations: [good, mended] })
  expect(store.db.prepare('SELECT name FROM migration ORDER BY name').pluck().all()).toEqual([
    '001-core',
    '100-good',
    '101-broken',
  ])
  expect(store.db.prepare('SELECT count(*) FROM good').pluck().get()).toBe(1)
  await store.close()
})

test('each runs once, however often the house starts', async () => {
  const file = join(temporaryFolder(), 'handslag.sqlite')
  for (let start = 0; start < 3; start += 1) {
    const store = openStore(file, { migrations: [good] })
    expect(store.db.prepare('SELECT count(*) FROM good').pluck().get()).toBe(1)
    await store.close()
  }
})
