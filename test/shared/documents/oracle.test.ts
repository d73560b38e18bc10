import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { actorFor, systemActor } from '#shared/access/actor.ts'
import type { Change } from '#shared/changes.ts'
import { entryOf } from '#shared/documents/views.ts'
import type { Day } from '#shared/kernel/time.ts'
import { decide } from '../bond-story.ts'
import { demoFacts, today } from '../demo-parties.ts'
import { castFacts, smallCast, wholeCast, type Cast } from '../history/cast.ts'
import { partyChange } from '../history/party-steps.ts'
import { anyStep, deedOf, type Step } from '../history/steps.ts'
import type { MemoryFacts } from '../memory-facts.ts'
import { allDocuments, applyTouching, byKey, rebuilt } from './incremental.ts'

vi.setConfig({ testTimeout: 120_000 })

function changesOf(step: Step, n: number, facts: MemoryFacts, cast: Cast, day: Day): readonly Change[] {
  const salt = `oracle ${n}`
  if (step.other % 9 === 8) {
    const change = partyChange(step, facts, salt, cast)
    return change === undefined ? [] : [change]
  }
  const deed = deedOf(step, facts, salt, day, cast)
  if (deed.kind === 'change') return [deed.change]
  if (deed.kind === 'nothing') return []
  const actor = deed.kind === 'system' ? systemActor : actorFor(deed.account, deed.party, facts)
  if (actor === undefined) return []
  const circumstances = {
    today: deed.kind === 'system' ? '2027-06-01' : day,
    now: `${day}T08:00:00.${String(n).padStart(3, '0')}Z`,
  }
  const decision = decide(facts, deed.type, deed.input, actor, circumstances)
  return decision.ok ? decision.changes : []
}

/** Refreshes only what was touched and compares every document with one made anew from the tables. */
function compare(steps: readonly Step[], facts: MemoryFacts, cast: Cast, everyBatch: number): number {
  const documents = allDocuments(facts)
  const held = new Map(documents.map((document) => [document, new Map(rebuilt(document, facts, today))]))
  let mutations = 0
  for (let from = 0; from < steps.length; from += everyBatch) {
    const touched = new Map<string, Set<string>>()
    for (const [n, step] of steps.slice(from, from + everyBatch).entries()) {
      const changes = changesOf(step, from + n, facts, cast, today)
      mutations += changes.length
      applyTouching(changes, facts, touched)
    }
    for (const [document, keys] of touched) {
      for (const key of keys) {
        const entry = entryOf(document, key, facts, today)
        if (entry === undefined) held.get(document)?.delete(key)
        else held.get(document)?.set(key, JSON.stringify(entry))
      }
    }
    for (const document of documents) {
      expect(new Map([...(held.get(document) ?? [])].toSorted(byKey))).toEqual(
        new Map([...rebuilt(document, facts, today)].toSorted(byKey)),
      )
    }
  }
  return mutations
}

test('[D15] after any history, refreshing what was touched equals making every document anew (small world)', () => {
  let mutations = 0
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 10, maxLength: 40, size: 'max' }), (steps) => {
      mutations += compare(steps, castFacts(), smallCast, 4)
    }),
    { numRuns: 250, interruptAfterTimeLimit: 90_000 },
  )
  expect(mutations).toBeGreaterThan(2500)
})

test('[D15] the same over the demo world', () => {
  let mutations = 0
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 60, maxLength: 120, size: 'max' }), (steps) => {
      mutations += compare(steps, demoFacts(), wholeCast, 10)
    }),
    { numRuns: 25, interruptAfterTimeLimit: 90_000 },
  )
  expect(mutations).toBeGreaterThan(700)
})
