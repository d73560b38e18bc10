import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { restore } from '#server/backup/restore.ts'
import { party } from '../harness/start-house.ts'
import { recordsIn, replayed } from '../server/store/replayed.ts'
import { eventually, withDevice } from './real-device.ts'
import { entriesOf, send, withHouse } from './with-house.ts'

const erik = party('P06')

/** The backup as it is made: by another process, while the house goes on writing. */
function backUp(dataDir: string, file: string): Promise<number | null> {
  const main = join(import.meta.dirname, '..', '..', 'server', 'backup', 'backup-main.ts')
  const child = spawn(process.execPath, [main, file], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
  })
  return new Promise((resolve) => child.once('exit', resolve))
}

test(
  'a backup made under load is one moment; after a restore devices find their way back, and unsent work arrives',
  { timeout: 30_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'handslag-backup-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'backup.sqlite')
    let house = await withHouse()
    const [user, writer] = [await house.signIn('P06'), await house.signIn('P25')]
    const phone = await withDevice(house, user)
    const row = () =>
      phone
        .rows('me')()
        .find((entry) => entry.kind === 'own' && entry.bond.type === 'employed')
    await eventually(() => expect([row()?.kind, phone.connection().state]).toEqual(['own', 'live']))

    const load = { goesOn: true }
    let longestMs = 0
    const loading = (async () => {
      for (let count = 0; load.goesOn; count += 1) {
        const asked = performance.now()
        await writer.command(party('P25'), 'account.choose-locale', { locale: count % 2 ? 'en' : 'de' })
        longestMs = Math.max(longestMs, performance.now() - asked)
      }
    })()
    expect(await backUp(house.dataDir, file)).toBe(0)
    load.goesOn = false
    await loading
    console.log(`longest answer while the backup was made: ${Math.round(longestMs)} ms`)
    const copy = new Sqlite(file, { readonly: true })
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(replayed(copy)).toEqual(recordsIn(copy))
    copy.close()

    // After the backup: something that the restore will undo, and something that never left the phone.
    const undone = await writer.command(party('P25'), 'account.choose-locale', { locale: 'fi' })
    expect(undone.status).toBe('accepted')
    phone.link.cut()
    const { id, rev } = row()!
    expect(
      await phone.dispatch({ type: 'bond.confirm', input: { id, rev }, about: [id], label: '' }),
    ).toMatchObject({ ok: true })
    const epochs = async (one: typeof user) =>
      new Map((await one.documents(erik)).map(({ name, epoch }) => [name, epoch]))
    const before = await epochs(user)
    house = await house.restart(() => void restore(house.dataDir, file, new Date()))
    phone.link.leadTo(house.url)
    const again = await house.signIn('P06')

    const after = await epochs(again)
    expect([...after.keys()]).toEqual([...before.keys()])
    for (const [name, epoch] of after) expect(epoch).not.toBe(before.get(name))
    expect(house.store.facts.get('account', writer.session.account)?.locale).not.toBe('fi')
    phone.link.mend()
    phone.wake()
    await eventually(() => expect(row()).toMatchObject({ bond: { state: 'confirmed' } }))
    await eventually(() => expect(phone.outbox()).toEqual([]))
    expect((await entriesOf(again, erik, 'me', 'own')).find((entry) => entry.id === id)?.bond.state).toBe(
      'confirmed',
    )
    // What was answered after the backup is gone from the tables; whoever still has it may send it again, once.
    expect(replayed(house.store.db)).toEqual(recordsIn(house.store.db))
    const sent = phone.link.sent.at(-1)!
    expect(await send(again, sent.call.commands, sent.call.device)).toEqual(sent.answer.results)
  },
)
