import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { actorFor, systemActor } from '#shared/access/actor.ts'
import { seesThroughCompany } from '#shared/access/visibility.ts'
import { entryOf } from '#shared/documents/views.ts'
import type { Refusal } from '#shared/kernel/decision.ts'
import { decide } from '../bond-story.ts'
import { id, today } from '../demo-parties.ts'
import { castFacts, smallCast } from '../history/cast.ts'
import { partyChange } from '../history/party-steps.ts'
import { anyStep, asTypedByStranger, deedOf, type Deed, type Step } from '../history/steps.ts'
import type { MemoryFacts } from '../memory-facts.ts'
import { mayHold, withCanaries, type Canary } from './canaries.ts'
import { allDocuments, applyTouching, rebuilt } from './incremental.ts'

vi.setConfig({ testTimeout: 120_000 })

/** The documents as the server keeps them: one map of texts in a Y.Doc each, written over and deleted in place. */
function yjsHouse(facts: MemoryFacts) {
  const documents = new Map(
    allDocuments(facts).map((name) => {
      const doc = new Y.Doc({ gc: true })
      const entries = doc.getMap<string>('entries')
      for (const [key, value] of rebuilt(name, facts, today)) entries.set(key, value)
      return [name, { doc, entries }] as const
    }),
  )
  return {
    refresh(touched: ReadonlyMap<string, ReadonlySet<string>>) {
      for (const [name, keys] of touched) {
        const document = documents.get(name)
        document?.doc.transact(() => {
          for (const key of keys) {
            const entry = entryOf(name, key, facts, today)
            const value = entry === undefined ? undefined : JSON.stringify(entry)
            if (value === undefined) document.entries.delete(key)
            else if (value !== document.entries.get(key)) document.entries.set(key, value)
          }
        })
      }
    },
    /** All bytes a device could be given, what was deleted and written over among them. */
    bytes: (name: string) => Buffer.from(Y.encodeStateAsUpdate(documents.get(name)!.doc)).toString('latin1'),
    names: [...documents.keys()],
  }
}

function leaks(
  house: ReturnType<typeof yjsHouse>,
  names: Iterable<string>,
  canaries: readonly Canary[],
  facts: MemoryFacts,
): string[] {
  const bonds = facts.all('bond')
  const found: string[] = []
  for (const name of names) {
    const bytes = house.bytes(name)
    for (const canary of canaries) {
      if (!bytes.includes(canary.text) || mayHold(name, canary, facts, bonds)) continue
      found.push(`${canary.field} of ${canary.person} in ${name}`)
    }
  }
  return found
}

/** What an answer of no may say of a person: nothing but what was typed, or a name the asker sees anyway (B35). */
function leaksIn(
  refusal: Refusal,
  deed: Extract<Deed, { kind: 'command' }>,
  canaries: readonly Canary[],
  facts: MemoryFacts,
): string[] {
  const said = JSON.stringify(refusal)
  const typed = JSON.stringify(deed.input)
  const bond = facts.get('bond', String((deed.input as { id?: string }).id))
  const seen = bond === undefined || bond.follows === null ? bond : facts.get('bond', bond.follows)
  const sees = seen !== undefined && seesThroughCompany({ party: deed.party }, seen, facts)
  return canaries
    .filter((canary) => said.includes(canary.text) && !typed.includes(canary.text))
    .filter((canary) => !(sees && canary.field === 'name' && canary.person === bond?.a))
    .map((canary) => `${canary.field} in ${said}`)
}

function run(steps: readonly Step[], seen: { bytes: number; refusals: number; allowed: number }): string[] {
  const facts = castFacts()
  const { persons, canaries } = withCanaries(facts.all('person'))
  for (const person of persons) facts.put('person', person)
  const house = yjsHouse(facts)
  const found = leaks(house, house.names, canaries, facts)
  for (const [n, step] of steps.entries()) {
    const touched = new Map<string, Set<string>>()
    const protect =
      step.other % 10 === 9
        ? partyChange({ ...step, what: 1 + 2 * (step.what % 2) }, facts, `leak ${n}`, smallCast)
        : undefined
    const deed = asTypedByStranger(deedOf(step, facts, `leak ${n}`, today))
    if (protect !== undefined) applyTouching([protect], facts, touched)
    else if (deed.kind === 'change') applyTouching([deed.change], facts, touched)
    else if (deed.kind !== 'nothing') {
      const actor = deed.kind === 'system' ? systemActor : actorFor(deed.account, deed.party, facts)
      if (actor === undefined) continue
      const circumstances = {
        today: deed.kind === 'system' ? '2027-06-01' : today,
        now: `${today}T08:00:00.${String(n).padStart(3, '0')}Z`,
      }
      const decision = decide(facts, deed.type, deed.input, actor, circumstances)
      if (decision.ok) applyTouching(decision.changes, facts, touched)
      else if (deed.kind === 'command') {
        seen.refusals += 1
        found.push(...leaksIn(decision.refusal, deed, canaries, facts))
      }
    }
    house.refresh(touched)
    found.push(
      ...leaks(
        house,
        [...touched.keys()].filter((name) => house.names.includes(name)),
        canaries,
        facts,
      ),
    )
    seen.bytes += touched.size
  }
  found.push(...leaks(house, house.names, canaries, facts))
  const bonds = facts.all('bond')
  for (const canary of canaries) {
    for (const name of house.names)
      if (
        name.startsWith('org/') &&
        mayHold(name, canary, facts, bonds) &&
        house.bytes(name).includes(canary.text)
      )
        seen.allowed += 1
  }
  return found
}

test('[D5] [D9] [D11] [D17] no byte of a person stands in a document that may not hold it, whatever has happened', () => {
  const seen = { bytes: 0, refusals: 0, allowed: 0 }
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 10, maxLength: 40, size: 'max' }), (steps) => {
      expect(run(steps, seen)).toEqual([])
    }),
    { numRuns: 300, interruptAfterTimeLimit: 90_000 },
  )
  // Enough was looked at, and the canaries do turn up where they may.
  expect(seen.bytes).toBeGreaterThan(5000)
  expect(seen.refusals).toBeGreaterThan(1000)
  expect(seen.allowed).toBeGreaterThan(1000)
})

test('[D17] the texts are found when they are there: a document of one’s own holds them', () => {
  const facts = castFacts()
  const { persons, canaries } = withCanaries(facts.all('person'))
  for (const person of persons) facts.put('person', person)
  const house = yjsHouse(facts)
  const account = facts.find('account', 'person', id('P06'))[0]!.id
  const mine = canaries.filter((canary) => canary.person === id('P06'))
  expect(mine).toHaveLength(7)
  for (const { text } of mine) expect(house.bytes(`me/${account}`)).toContain(text)
})
