import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { v4, v7 } from 'uuid'
import { afterAll, expect, test } from 'vitest'
import type { CommandMessage, CommandResult } from '#shared/protocol/commands-message.ts'
import { party } from '../../harness/start-house.ts'
import { createUser, type User } from '../../harness/user.ts'
import { recordsIn, replayed } from '../store/replayed.ts'
import { startProcess, type HouseProcess } from './house-process.ts'

const kills = Number(process.env['KILLS'] ?? 25)
const people = ['P02', 'P03', 'P04', 'P08', 'P18', 'P25'] as const
const dataDir = mkdtempSync(join(tmpdir(), 'handslag-kill-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

/** One device that never tires; it keeps what it was answered, and what it still waits for. */
class Writer {
  readonly answered = new Map<string, { readonly command: CommandMessage; readonly result: CommandResult }>()
  unanswered: CommandMessage[] = []
  readonly user: User
  readonly person: string
  #device = v4()
  #seq = 0
  #asked: string | undefined

  constructor(user: User, person: string) {
    this.user = user
    this.person = person
  }

  #next(): CommandMessage {
    const base = { id: v7(), seq: ++this.#seq, as: this.person, version: 1 }
    const turn = this.#seq % 3
    if (turn === 0)
      return { ...base, type: 'account.choose-locale', input: { locale: this.#seq % 2 === 0 ? 'en' : 'de' } }
    if (turn === 1) {
      this.#asked = v4()
      const other = { organisation: { regNo: { country: 'SE', value: '516990-0015' } } }
      return { ...base, type: 'bond.propose', input: { id: this.#asked, type: 'billing', other } }
    }
    return { ...base, type: 'bond.withdraw', input: { id: this.#asked ?? v4() } }
  }

  /** First what waits, then three new ones at a time, until the house is gone. */
  async writeUntilGone(url: string): Promise<void> {
    for (;;) {
      if (this.unanswered.length === 0) this.unanswered = [this.#next(), this.#next(), this.#next()]
      try {
        const answer = await fetch(`${url}/api/commands`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie: this.user.cookie },
          body: JSON.stringify({ device: this.#device, commands: this.unanswered }),
        })
        const { results } = (await answer.json()) as { results: CommandResult[] }
        for (const [index, result] of results.entries())
          this.answered.set(result.id, { command: this.unanswered[index]!, result })
        this.unanswered = []
      } catch {
        return
      }
    }
  }

  async askAgain(url: string, command: CommandMessage): Promise<CommandResult> {
    const answer = await fetch(`${url}/api/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.user.cookie },
      body: JSON.stringify({ device: this.#device, commands: [command] }),
    })
    return ((await answer.json()) as { results: CommandResult[] }).results[0]!
  }
}

const answeredBy = (writers: readonly Writer[]) =>
  writers.reduce((sum, writer) => sum + writer.answered.size, 0)

/** What stands on the disk of a house that was killed. */
function checkDisk(): { readonly fates: ReadonlyMap<string, string>; readonly journal: number } {
  const db = new Sqlite(join(dataDir, 'handslag.sqlite'))
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(replayed(db)).toEqual(recordsIn(db))
    const rows = db.prepare<[], { id: string; result: string }>('SELECT id, result FROM command').all()
    const inJournal = db
      .prepare<[], { command: string }>('SELECT command FROM journal WHERE command IS NOT NULL')
      .all()
    const fates = new Map(rows.map(({ id, result }) => [id, result]))
    // Nothing of a command without its fate, and each of these commands makes one change or none.
    for (const { command } of inJournal) expect(fates.has(command)).toBe(true)
    expect(new Set(inJournal.map(({ command }) => command)).size).toBe(inJournal.length)
    return { fates, journal: inJournal.length }
  } finally {
    db.close()
  }
}

test(
  `[K1] [K15] kill -9 at any moment, ${kills} times: nothing answered is lost, nothing happens twice, and the house stands again`,
  {
    timeout: 60_000 + kills * 2000,
  },
  async () => {
    let house: HouseProcess = await startProcess(dataDir)
    const writers: Writer[] = []
    for (const key of people) writers.push(new Writer(await createUser(house.url, key), party(key)))
    const ready: number[] = []
    for (let kill = 0; kill < kills; kill += 1) {
      const writing = writers.map((writer) => writer.writeUntilGone(house.url))
      // At random, but not before there is something to lose, however slow the machine is today.
      const enough = answeredBy(writers) + Math.floor(Math.random() * 60)
      const patient = performance.now() + 3000
      while (answeredBy(writers) < enough && performance.now() < patient)
        await new Promise((resolve) => setTimeout(resolve, 2))
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20))
      house.kill('SIGKILL')
      await Promise.all(writing)
      await house.ended
      const { fates } = checkDisk()
      for (const writer of writers) {
        for (const { result } of writer.answered.values())
          expect(fates.get(result.id)).toBe(JSON.stringify(result))
      }
      house = await startProcess(dataDir)
      ready.push(house.readyMs)
    }
    let answered = 0
    for (const writer of writers) {
      answered += writer.answered.size
      const all = [...writer.answered.values()]
      for (const { command, result } of [all[0]!, all[Math.floor(all.length / 2)]!, all.at(-1)!])
        expect(await writer.askAgain(house.url, command)).toEqual(result)
      for (const command of writer.unanswered)
        expect(['accepted', 'refused']).toContain((await writer.askAgain(house.url, command)).status)
    }
    house.kill('SIGTERM')
    expect(await house.ended).toEqual({ code: 0, signal: null })
    const { journal } = checkDisk()
    ready.sort((one, other) => one - other)
    console.log(
      `${kills} kills, ${answered} answered, ${journal} in the journal; from process start to ready p50 ${Math.round(ready[kills >> 1]!)} ms, max ${Math.round(ready.at(-1)!)} ms`,
    )
    expect(answered).toBeGreaterThan(kills * 10)
    expect(ready[kills >> 1]).toBeLessThan(15_000)
  },
)
