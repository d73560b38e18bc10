import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import Sqlite from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { backUp } from '#server/backup/back-up.ts'
import { acquireDataDir, databaseFile, DataDirTaken } from '#server/backup/data-dir.ts'
import { restore } from '#server/backup/restore.ts'
import { BadBackup, verifyDatabase } from '#server/backup/verify-database.ts'
import type { OpenStore } from '#server/store/open-store.ts'
import { accountOf, annaKarin, erik, put, susanna, temporaryFolder, temporaryStore } from '../small-house.ts'

const run = promisify(execFile)
const at = new Date('2026-11-23T08:00:00Z')
const root = resolve(import.meta.dirname, '../../..')

const personNames = (file: string): string[] => {
  const db = new Sqlite(file, { readonly: true })
  const rows = db.prepare<[], { record: string }>('SELECT record FROM person ORDER BY id').all()
  db.close()
  return rows.map((row) => JSON.parse(row.record).name)
}

function session(store: OpenStore, tokenHash: string, account: string): Promise<unknown> {
  return store.write(() =>
    store.db.prepare('INSERT INTO session VALUES (?, ?, ?, 1, 1, 1)').run(tokenHash, account, 'Firefox'),
  )
}

describe('a backup', () => {
  test('made while the house writes holds one moment whole', async () => {
    const folder = temporaryFolder()
    const store = temporaryStore(folder)
    const writer = { count: 0, going: true }
    const writing = (async () => {
      while (writer.going) {
        const n = writer.count + 1
        await put(
          store,
          ['person', { ...erik, id: `p-x${n}`, nationalId: null }],
          ['person', { ...erik, id: `p-y${n}`, nationalId: null }],
        )
        writer.count = n
      }
    })()
    const file = join(temporaryFolder(), 'copy.sqlite')
    while (writer.count < 20) await new Promise((done) => setTimeout(done, 1))
    const before = writer.count
    await run(process.execPath, ['server/backup/backup-main.ts', file], {
      cwd: root,
      env: { ...process.env, DATA_DIR: folder, INIT_CWD: '' },
    })
    writer.going = false
    await writing
    expect(writer.count).toBeGreaterThan(before)
    verifyDatabase(file)
    const db = new Sqlite(file, { readonly: true })
    onTestFinished(() => void db.close())
    const count = (prefix: string) =>
      db.prepare('SELECT count(*) FROM person WHERE id LIKE ?').pluck().get(`${prefix}%`)
    expect(count('p-x')).toBe(count('p-y'))
    expect(count('p-x')).toBeGreaterThanOrEqual(before)
  })

  test('is for its owner only, replaces an older one, and leaves nothing beside it', async () => {
    const folder = temporaryFolder()
    const store = temporaryStore(folder)
    const target = temporaryFolder()
    const file = join(target, 'copy.sqlite')
    await put(store, ['person', annaKarin])
    backUp(folder, file)
    await put(store, ['person', erik])
    expect(backUp(folder, file)).toBe(statSync(file).size)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(target)).toEqual(['copy.sqlite'])
    expect(personNames(file)).toEqual(['Anna-Karin Sjöö', 'Erik Åkesson'])
  })

  test('can be made of a house that has stopped', async () => {
    const folder = temporaryFolder()
    const store = temporaryStore(folder)
    await put(store, ['person', annaKarin])
    await store.close()
    const file = join(temporaryFolder(), 'copy.sqlite')
    backUp(folder, file)
    expect(personNames(file)).toEqual(['Anna-Karin Sjöö'])
  })

  test('that fails leaves the older one alone', async () => {
    const folder = temporaryFolder()
    const file = join(temporaryFolder(), 'copy.sqlite')
    writeFileSync(file, 'the older one')
    expect(() => backUp(folder, file)).toThrow(BadBackup)
    writeFileSync(databaseFile(folder), Buffer.alloc(8192, 1))
    expect(() => backUp(folder, file)).toThrow('not a database')
    expect(readFileSync(file, 'utf8')).toBe('the older one')
  })
})

describe('a restore', () => {
  async function houseWithBackup() {
    const folder = temporaryFolder()
    const file = join(temporaryFolder(), 'copy.sqlite')
    const store = temporaryStore(folder)
    await put(store, ['person', annaKarin], ['account', accountOf(annaKarin)])
    await session(store, 'ended-since', 'a-p-01')
    await store.write(() => {
      store.db.exec(`INSERT INTO document_state VALUES ('me/a-p-01', 'epoch-1', 7, x'00')`)
      store.db.exec(`INSERT INTO document_update VALUES ('me/a-p-01', 8, x'00')`)
    })
    backUp(folder, file)
    await store.write(() => store.db.exec('DELETE FROM session'))
    await session(store, 'begun-since', 'a-p-01')
    await put(store, ['person', erik])
    return { folder, file, store }
  }

  test('brings the tables of then, makes documents anew, and keeps what it replaced', async () => {
    const { folder, file, store } = await houseWithBackup()
    await store.close()
    const aside = restore(folder, file, at)
    expect(aside).toBe(`${databaseFile(folder)}.before-restore-2026-11-23T08-00-00-000Z`)
    expect(personNames(aside!)).toEqual(['Anna-Karin Sjöö', 'Erik Åkesson'])
    const again = temporaryStore(folder)
    expect(again.facts.get('person', 'p-01')?.name).toBe('Anna-Karin Sjöö')
    expect(again.facts.get('person', 'p-06')).toBeUndefined()
    const count = (table: string) => again.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
    expect([count('document_state'), count('document_update'), count('sign_in_code')]).toEqual([0, 0, 0])
    expect(readdirSync(folder).filter((name) => name.includes('incoming'))).toEqual([])
  })

  test('does not let a session live again that was ended since, and keeps those of now', async () => {
    const { folder, file, store } = await houseWithBackup()
    await store.close()
    restore(folder, file, at)
    const sessions = temporaryStore(folder).db.prepare('SELECT token_hash FROM session').pluck().all()
    expect(sessions).toEqual(['begun-since'])
  })

  test('into an empty folder brings everything but sessions', async () => {
    const { file } = await houseWithBackup()
    const folder = join(temporaryFolder(), 'new')
    expect(restore(folder, file, at)).toBeNull()
    const store = temporaryStore(folder)
    expect(store.facts.get('person', 'p-01')?.name).toBe('Anna-Karin Sjöö')
    expect(store.db.prepare('SELECT count(*) FROM session').pluck().get()).toBe(0)
  })

  test('over a broken database works, and the broken one stays aside with its log', async () => {
    const { file } = await houseWithBackup()
    const folder = temporaryFolder()
    writeFileSync(databaseFile(folder), Buffer.alloc(8192, 7))
    writeFileSync(`${databaseFile(folder)}-wal`, Buffer.alloc(4096, 7))
    const aside = restore(folder, file, at)!
    expect(readFileSync(aside)).toEqual(Buffer.alloc(8192, 7))
    expect(existsSync(`${databaseFile(folder)}-wal`)).toBe(false)
    expect(temporaryStore(folder).facts.get('person', 'p-01')?.name).toBe('Anna-Karin Sjöö')
  })

  test.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5000)],
    [
      'with a damaged page',
      (bytes: Buffer) =>
        Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(4096, 0xff), bytes.subarray(8192)]),
    ],
    ['that is something else', () => Buffer.from('a letter, and not a database at all')],
    ['that is empty', () => Buffer.alloc(0)],
  ])('of a file %s is refused and changes nothing', async (_words, damage) => {
    const { folder, file, store } = await houseWithBackup()
    await store.close()
    writeFileSync(file, damage(readFileSync(file)))
    expect(() => restore(folder, file, at)).toThrow(BadBackup)
    expect(personNames(databaseFile(folder))).toEqual(['Anna-Karin Sjöö', 'Erik Åkesson'])
    expect(readdirSync(folder).filter((name) => name.includes('before-restore'))).toEqual([])
  })

  test('is refused while a house runs on the folder', async () => {
    const { folder, file } = await houseWithBackup()
    const taken = acquireDataDir(folder)
    expect(() => restore(folder, file, at)).toThrow(DataDirTaken)
    taken.release()
  })
})

describe('the folder of the data', () => {
  test('is taken by one process at a time, and readable by its owner only', () => {
    const folder = join(temporaryFolder(), 'data')
    const taken = acquireDataDir(folder)
    expect(() => acquireDataDir(folder)).toThrow(DataDirTaken)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    taken.release()
    acquireDataDir(folder).release()
  })

  test('is free again the moment its holder was killed', async () => {
    const folder = temporaryFolder()
    const script = `import { acquireDataDir } from ${JSON.stringify(join(root, 'server/backup/data-dir.ts'))}
      acquireDataDir(${JSON.stringify(folder)}); console.log('taken'); setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: root })
    onTestFinished(() => void holder.kill('SIGKILL'))
    await new Promise((taken) => holder.stdout.once('data', taken))
    expect(() => acquireDataDir(folder)).toThrow(DataDirTaken)
    const gone = new Promise((done) => holder.once('exit', done))
    holder.kill('SIGKILL')
    await gone
    acquireDataDir(folder).release()
  })
})

test('FILE is looked for where the command was typed', async () => {
  const folder = temporaryFolder()
  const store = temporaryStore(folder)
  await put(store, ['person', susanna])
  const typedIn = temporaryFolder()
  mkdirSync(join(typedIn, 'copies'))
  const environment = { ...process.env, DATA_DIR: folder, INIT_CWD: typedIn }
  const { stdout } = await run(process.execPath, ['server/backup/backup-main.ts', 'copies/one.sqlite'], {
    cwd: root,
    env: environment,
  })
  expect(stdout).toMatch(/^Backed up and verified: /)
  expect(personNames(join(typedIn, 'copies', 'one.sqlite'))).toEqual(['Susanna Ek'])
  await store.close()
  const restored = await run(process.execPath, ['server/backup/restore-main.ts', 'copies/one.sqlite'], {
    cwd: root,
    env: environment,
  })
  expect(restored.stdout).toMatch(/^Restored from /)
  await expect(
    run(process.execPath, ['server/backup/restore-main.ts'], { cwd: root, env: environment }),
  ).rejects.toMatchObject({ code: 2 })
})
