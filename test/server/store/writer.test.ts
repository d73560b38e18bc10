import Sqlite from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { OpenStore } from '#server/store/open-store.ts'
import { createWriter } from '#server/store/writer.ts'
import { granbacka, temporaryStore } from '../small-house.ts'

const put = (store: OpenStore, key: string, value = '') =>
  store.db.prepare('INSERT INTO house VALUES (?, ?)').run(key, value)
const has = (store: OpenStore, key: string) =>
  store.db.prepare('SELECT 1 FROM house WHERE key = ?').get(key) !== undefined

describe('works that arrive together', () => {
  test('share one commit, and are answered after it', async () => {
    const store = temporaryStore()
    const seen: string[] = []
    store.listen({
      beforeCommit: () => seen.push('before'),
      afterCommit: () => seen.push(`after, open: ${store.db.inTransaction}`),
      rolledBack: () => seen.push('rolled back'),
    })
    const works = Array.from({ length: 50 }, (_, index) =>
      store.write(() => put(store, `k${index}`)).then(() => seen.push('answer')),
    )
    expect(has(store, 'k0')).toBe(false)
    await Promise.all(works)
    expect(seen).toEqual(['before', 'after, open: false', ...Array.from({ length: 50 }, () => 'answer')])
  })

  test('one that throws is rolled back alone, from the tables and from memory', async () => {
    const store = temporaryStore()
    const changed = { ...granbacka, rev: 2, name: 'Never' }
    const outcomes = await Promise.allSettled([
      store.write(() => store.tables.put('organisation', granbacka)),
      store.write(() => {
        store.tables.put('organisation', changed)
        put(store, 'half')
        expect(store.facts.get('organisation', granbacka.id)?.name).toBe('Never')
        throw new Error('half way')
      }),
      store.write(() => store.facts.get('organisation', granbacka.id)?.name),
    ])
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(outcomes[2]).toMatchObject({ value: granbacka.name })
    expect(store.facts.get('organisation', granbacka.id)).toEqual(granbacka)
    expect(has(store, 'half')).toBe(false)
  })

  test('what is written instead of one that threw stands in its place, before the next', async () => {
    const store = temporaryStore()
    // Works of one commit are done again when one of them throws, so only what is in the tables counts.
    const push = (key: string) => {
      put(store, key)
      return key
    }
    const results = await Promise.all([
      store.write(() => push('one')),
      store.write(
        () => {
          put(store, 'half')
          throw new Error('half way')
        },
        () => push('instead'),
      ),
      store.write(() => [has(store, 'one'), has(store, 'instead'), push('three')]),
    ])
    expect(results).toEqual(['one', 'instead', [true, true, 'three']])
    expect(['half', 'one', 'instead', 'three'].map((key) => has(store, key))).toEqual([
      false,
      true,
      true,
      true,
    ])
  })

  test('all are rejected when the commit fails, listeners hear of it once, and the next work goes on', async () => {
    const store = temporaryStore()
    const seen: string[] = []
    let failing = true
    store.listen({
      beforeCommit: () => {
        if (failing) throw new Error('not this time')
      },
      afterCommit: () => seen.push('after'),
      rolledBack: () => seen.push('rolled back'),
    })
    const outcomes = await Promise.allSettled([
      store.write(() => store.tables.put('organisation', granbacka)),
      store.write(() => put(store, 'two')),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect([seen, has(store, 'two'), store.facts.get('organisation', granbacka.id)]).toEqual([
      ['rolled back'],
      false,
      undefined,
    ])
    failing = false
    await store.write(() => put(store, 'three'))
    expect([seen, has(store, 'three')]).toEqual([['rolled back', 'after'], true])
  })
})

test('a long queue is worked off in turns, so that the rest of the house is heard in between', async () => {
  const store = temporaryStore()
  let turns = 0
  const count = () => {
    turns += 1
    timer = setImmediate(count)
  }
  let timer = setImmediate(count)
  onTestFinished(() => clearImmediate(timer))
  await Promise.all(
    Array.from({ length: 40 }, () =>
      store.write(() => {
        const until = performance.now() + 5
        while (performance.now() < until);
      }),
    ),
  )
  // 200 ms of work, at most 25 ms and one work at a time.
  expect(turns).toBeGreaterThanOrEqual(5)
})

test('closing waits for what is queued', async () => {
  const store = temporaryStore()
  const works = Array.from({ length: 30 }, (_, index) => store.write(() => put(store, `k${index}`)))
  const closing = store.close()
  await expect(Promise.all(works)).resolves.toHaveLength(30)
  await closing
  await expect(store.write(() => put(store, 'late'))).rejects.toThrow('not open')
})

test('a full disk ends the house instead of being tried again', async () => {
  const db = new Sqlite(':memory:')
  onTestFinished(() => void db.close())
  db.exec('CREATE TABLE filling (bytes BLOB)')
  const fatal: unknown[] = []
  const nothing = () => undefined
  const writer = createWriter(db, { mark: nothing, undo: nothing, undoAll: nothing }, (fault) =>
    fatal.push(fault),
  )
  // SQLite answers SQLITE_FULL, as a full disk would.
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 2}`)
  const fill = db.prepare('INSERT INTO filling VALUES (zeroblob(100000))')
  const recovered: unknown[] = []
  await expect(
    writer.write(
      () => fill.run(),
      (fault) => recovered.push(fault) as never,
    ),
  ).rejects.toMatchObject({ code: 'SQLITE_FULL' })
  expect(fatal).toHaveLength(1)
  expect(fatal[0]).toMatchObject({ code: 'SQLITE_FULL' })
  expect(recovered).toEqual([])
})
