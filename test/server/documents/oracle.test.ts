import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { Clock } from '#server/clock.ts'
import { fillDemo } from '#server/demo/fill.ts'
import type { LoadedDocument } from '#server/documents/loaded-document.ts'
import { systemActor } from '#shared/access/actor.ts'
import type { Bond } from '#shared/bonds/model.ts'
import { findCommand } from '#shared/commands.ts'
import { must } from '#shared/kernel/must.ts'
import { addDays, type Day } from '#shared/kernel/time.ts'
import type { RecordKind, Records } from '#shared/records.ts'
import { startHouse, type TestHouse } from '../../harness/start-house.ts'
import { mayHold, withCanaries, type Canary } from '../../shared/documents/canaries.ts'
import { byKey, rebuilt } from '../../shared/documents/incremental.ts'
import { wholeCast } from '../../shared/history/cast.ts'
import { partyChange } from '../../shared/history/party-steps.ts'
import { anyStep, asTypedByStranger, deedOf, type Step } from '../../shared/history/steps.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

/** Mutations that must have been compared (reliability T3). */
const enough = 5_000
const perBatch = 100
const batchesPerLife = 18

interface Walk {
  house: TestHouse
  readonly canaries: readonly Canary[]
  readonly devices: Map<string, { readonly id: string; seq: number }>
  salt: number
}

/** A clock the test moves by days; the time of day stands still between two commands. */
function movableClock(start: Day): Clock & { move: (days: number) => void } {
  let day = start
  let ms = 0
  return {
    now: () =>
      `${day}T08:${String(Math.floor(ms / 60_000) % 60).padStart(2, '0')}:${String(Math.floor(++ms / 1000) % 60).padStart(2, '0')}.${String(ms % 1000).padStart(3, '0')}Z`,
    today: () => day,
    move: (days) => {
      day = addDays(day, days)
      ms = 0
    },
  }
}

function all<K extends RecordKind>(house: TestHouse, kind: K): readonly Records[K][] {
  return house.store.db
    .prepare<[], { record: string }>(`SELECT record FROM ${kind} ORDER BY id`)
    .all()
    .map(({ record }) => JSON.parse(record) as Records[K])
}

function documentNames(house: TestHouse): readonly string[] {
  return [
    ...all(house, 'account').map(({ id }) => `me/${id}`),
    ...all(house, 'organisation').flatMap(({ id }) =>
      ['base', 'contacts', 'payers'].map((view) => `org/${id}/${view}`),
    ),
  ]
}

const journaled = (house: TestHouse) =>
  must(house.store.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM journal').get(), 'count').n

async function take(walk: Walk, step: Step, bonds: readonly Bond[], clock: Clock): Promise<void> {
  const { execute } = walk.house.house
  const salt = `server ${walk.salt++}`
  if (step.other % 12 === 11) {
    const change = partyChange(step, walk.house.store.facts, salt, wholeCast)
    return change === undefined ? undefined : execute.record(systemActor, clock.now(), [change])
  }
  const deed = asTypedByStranger(deedOf(step, { all: () => bonds }, salt, clock.today(), wholeCast))
  if (deed.kind === 'nothing') return
  if (deed.kind === 'change') return execute.record(systemActor, clock.now(), [deed.change])
  if (deed.kind === 'system') return void (await execute.asSystem(systemActor, deed.type, deed.input))
  const device = walk.devices.get(deed.account) ?? { id: randomUUID(), seq: 0 }
  walk.devices.set(deed.account, device)
  const definition = must(findCommand(deed.type), deed.type)
  const message = {
    id: randomUUID(),
    seq: ++device.seq,
    as: deed.party,
    type: deed.type,
    version: 1,
    input: null,
  }
  const input = v.parse(definition.input, deed.input)
  const result = await execute.command(deed.account, device.id, { message, definition, input })
  expect(result.status).not.toBe('failed')
}

/** The document as the server has it beside the document as the tables give it. */
function expectFresh(house: TestHouse, document: LoadedDocument, day: Day): void {
  const standing = Object.fromEntries([...document.entries.entries()].toSorted(byKey))
  const fresh = Object.fromEntries([...rebuilt(document.name, house.store.facts, day)].toSorted(byKey))
  // One comparison of text a document: thousands of deep ones would be the whole test.
  if (JSON.stringify(standing) !== JSON.stringify(fresh))
    expect({ document: document.name, standing }).toEqual({ document: document.name, standing: fresh })
}

/** A device that opened the document some time ago and has heard what was sent since. */
function follow(house: TestHouse, document: LoadedDocument) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, house.house.documents.copy(document))
  const leave = house.house.documents.listen(document, {
    account: document.name,
    update: (bytes) => Y.applyUpdate(doc, bytes),
    close: () => undefined,
  })
  const from = { seq: document.seq, keys: [...document.entries.keys()] }
  return {
    expectSame() {
      leave()
      expect(doc.getMap('entries').toJSON()).toEqual(document.entries.toJSON())
      expect(doc.getMap('meta').get('seq')).toBe(document.seq)
      const gone = from.keys.filter((key) => !document.entries.has(key))
      expect(house.house.documents.purgeSince(document.name, from.seq)).toEqual(expect.arrayContaining(gone))
    },
  }
}

async function live(
  walk: Walk,
  steps: readonly Step[],
  clock: Clock & { move: (days: number) => void },
  life: number,
) {
  const { house } = walk
  const names = documentNames(house)
  // Half of them are open in this life; of the others it is only remembered that they are stale.
  const open = await Promise.all(
    names
      .filter((_, n) => (n + life) % 2 === 0)
      .map(async (name) => must(await house.house.documents.open(name), name)),
  )
  const devices = open
    .filter((document) => document.name.startsWith('org/'))
    .map((document) => follow(house, document))
  for (let from = 0; from < steps.length; from += perBatch) {
    const bonds = all(house, 'bond')
    await Promise.all(steps.slice(from, from + perBatch).map((step) => take(walk, step, bonds, clock)))
    for (const document of open) expectFresh(house, document, clock.today())
    if (from % (perBatch * 10) === 0) clock.move(2)
  }
  for (const device of devices) device.expectSame()
}

/** Everything, whether it has been open or not, and every byte of it. */
async function expectAllFresh(walk: Walk, day: Day): Promise<number> {
  const { house, canaries } = walk
  const bonds = all(house, 'bond')
  const leaks: string[] = []
  let found = 0
  for (const name of documentNames(house)) {
    const document = must(await house.house.documents.open(name), name)
    expectFresh(house, document, day)
    const bytes = Buffer.from(house.house.documents.copy(document)).toString('latin1')
    for (const canary of canaries) {
      if (!bytes.includes(canary.text)) continue
      found += 1
      if (!mayHold(name, canary, house.store.facts, bonds))
        leaks.push(`${canary.field} of ${canary.person} in ${name}`)
    }
  }
  expect(leaks).toEqual([])
  return found
}

/** Opens what a power cut would have left: the files as they are, with the old house still running on its own. */
async function afterPowerCut(house: TestHouse, clock: Clock): Promise<TestHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'handslag-'))
  cpSync(house.dataDir, dataDir, { recursive: true })
  const next = await startHouse({ clock, dataDir })
  await house.end()
  return next
}

test('[D15] [D17] [K15] documents equal the tables after every commit, across restarts, power cuts and unloading', async () => {
  const clock = movableClock('2026-11-23')
  let canaries: readonly Canary[] = []
  const first = await startHouse({
    clock,
    async fill(house, store, at) {
      await fillDemo(house, store, at)
      const marked = withCanaries(
        store.db
          .prepare<[], { record: string }>('SELECT record FROM person ORDER BY id')
          .all()
          .map(({ record }) => JSON.parse(record) as Records['person']),
      )
      canaries = marked.canaries
      await Promise.all(
        marked.persons.map(({ id, rev: _rev, ...person }) =>
          house.execute.record(systemActor, at.now(), [
            { type: 'personEntered', kind: 'person', id, person },
          ]),
        ),
      )
    },
  })
  const walk: Walk = { house: first, canaries, devices: new Map(), salt: 0 }
  const before = journaled(first)
  const seed = 20261123
  const steps = fc.sample(anyStep, { seed, numRuns: perBatch * batchesPerLife * 12 })
  let found = 0
  try {
    for (let life = 0; journaled(walk.house) - before < enough; life += 1) {
      const part = steps.slice(life * perBatch * batchesPerLife, (life + 1) * perBatch * batchesPerLife)
      expect(part.length, 'steps left').toBeGreaterThan(0)
      await live(walk, part, clock, life)
      found += await expectAllFresh(walk, clock.today())
      walk.house = life % 2 === 0 ? await afterPowerCut(walk.house, clock) : await walk.house.restart()
      found += await expectAllFresh(walk, clock.today())
    }
    expect(journaled(walk.house) - before).toBeGreaterThanOrEqual(enough)
    expect(found).toBeGreaterThan(1000)
    for (const { text } of canaries) expect(walk.house.logged()).not.toContain(text)
  } finally {
    await walk.house.end()
  }
})
