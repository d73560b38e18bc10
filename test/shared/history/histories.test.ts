import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { deviceFacts } from '#client/core/device-facts.ts'
import { actorFor, systemActor, type Actor } from '#shared/access/actor.ts'
import { mayOver, seesPerson } from '#shared/access/visibility.ts'
import { isStanding } from '#shared/bonds/model.ts'
import { documentsFor } from '#shared/documents/audience.ts'
import { entryOf, keysOf } from '#shared/documents/views.ts'
import type { Decision } from '#shared/kernel/decision.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import { addDays } from '#shared/kernel/time.ts'
import { feeKinds } from '#shared/payers/model.ts'
import { resolvePayer } from '#shared/payers/resolve-payer.ts'
import { decide } from '../bond-story.ts'
import { id, today } from '../demo-parties.ts'
import type { MemoryFacts } from '../memory-facts.ts'
import { castFacts, castOrganisations, castPersons } from './cast.ts'
import { seesByTheBook, withoutConsent } from './consent.ts'
import { anyStep, deedOf, type Deed, type Step } from './steps.ts'

vi.setConfig({ testTimeout: 120_000 })

const history = fc.array(anyStep, { minLength: 8, maxLength: 28, size: 'max' })
const organisations = castOrganisations.map(id)
const persons = castPersons.map(id)

interface Taken {
  readonly facts: MemoryFacts
  readonly deed: Deed
  readonly actor: Actor | undefined
  readonly decision: Decision | undefined
  readonly day: string
}

/** Walks a history and shows each step just before what it brought is applied. */
function walk(steps: readonly Step[], look: (taken: Taken) => void, facts = castFacts()): MemoryFacts {
  let day = today
  for (const [n, step] of steps.entries()) {
    // Days pass now and then, so that what is due comes due.
    if (step.which % 13 === 0) day = addDays(day, 1 + (step.which % 40))
    const deed = deedOf(step, facts, `step ${n}`, day)
    const circumstances = { today: day, now: `${day}T08:00:00.${String(n).padStart(3, '0')}Z` }
    const actor =
      deed.kind === 'command'
        ? actorFor(deed.account, deed.party, facts)
        : deed.kind === 'system'
          ? systemActor
          : undefined
    const decision =
      (deed.kind === 'command' || deed.kind === 'system') && actor !== undefined
        ? decide(facts, deed.type, deed.input, actor, circumstances)
        : undefined
    look({ facts, deed, actor, decision, day })
    if (deed.kind === 'change') facts.apply(deed.change)
    if (decision?.ok === true) for (const change of decision.changes) facts.apply(change)
  }
  return facts
}

const all = (facts: MemoryFacts) =>
  JSON.stringify([facts.all('bond'), facts.all('person'), facts.all('payerChoice')])

describe('random histories', () => {
  test('[B1] nothing is confirmed without both sides’ yes', () => {
    let confirmed = 0
    fc.assert(
      fc.property(history, (steps) => {
        walk(steps, ({ facts, actor, decision }) => {
          if (actor === undefined || decision?.ok !== true) return
          confirmed += decision.changes.filter((change) => change.type === 'bondConfirmed').length
          expect(withoutConsent(actor, decision.changes, facts)).toEqual([])
        })
      }),
      { numRuns: 4000 },
    )
    // A history in which nobody agrees on anything would prove nothing.
    expect(confirmed).toBeGreaterThan(4000)
  })

  test('[V1] [V2] [V3] who sees whom is what the standing bonds give, after every step', () => {
    let seen = 0
    fc.assert(
      fc.property(history, (steps) => {
        const facts = walk(steps, () => undefined)
        const bonds = facts.all('bond')
        const wrong: string[] = []
        for (const organisation of organisations) {
          for (const person of persons) {
            const sees = seesPerson(organisation, person, facts)
            if (sees) seen += 1
            if (sees !== seesByTheBook(organisation, person, bonds, facts))
              wrong.push(`${organisation} ${person}`)
          }
        }
        expect(wrong).toEqual([])
      }),
      { numRuns: 3000 },
    )
    expect(seen).toBeGreaterThan(1000)
  })

  test('[V2] ending any bond of the only path closes it', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const facts = walk(steps, () => undefined)
        const standing = facts.all('bond').filter(isStanding)
        for (const bond of standing) {
          const without = standing.filter((other) => other !== bond)
          const closed = castFacts()
          for (const other of without) closed.put('bond', other)
          for (const organisation of organisations) {
            const sees = seesPerson(organisation, bond.a, closed)
            expect(sees).toBe(seesByTheBook(organisation, bond.a, without, closed))
          }
        }
      }),
      { numRuns: 400 },
    )
  })

  test('[V4] a company user has no right over a person’s data through any path', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const facts = walk(steps, () => undefined)
        for (const right of [
          'person.status',
          'person.licence',
          'person.booking',
          'person.documents',
        ] as const) {
          for (const person of persons) {
            expect(mayOver(id('C-SJO'), person, right, facts)).toBe(false)
            expect(mayOver(id('C-STRAND'), person, right, facts)).toBe(false)
            for (const organisation of organisations) {
              if (mayOver(organisation, person, right, facts))
                expect(seesPerson(organisation, person, facts)).toBe(true)
            }
          }
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('[P9] who pays does not depend on the order in which facts are read', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat(1000)), (steps, stream) => {
        const facts = walk(steps, () => undefined)
        const shuffled = shuffledFacts(facts, stream)
        for (const person of persons) {
          for (const fee of ['*', ...feeKinds] as const) {
            expect(resolvePayer(person, fee, today, shuffled)).toEqual(
              resolvePayer(person, fee, today, facts),
            )
          }
        }
      }),
      { numRuns: 3000 },
    )
  })

  test('[P10] everyone who could pay has said yes, and whoever pays is one of them or the person', () => {
    let payers = 0
    fc.assert(
      fc.property(history, (steps) => {
        const facts = walk(steps, () => undefined)
        for (const person of persons) {
          const resolution = resolvePayer(person, '*', addDays(today, 2000), facts)
          for (const candidate of resolution.candidates) {
            payers += 1
            const bond = facts.get('bond', candidate.bond)
            expect(
              bond !== undefined && isStanding(bond) && bond.type === 'billing' && bond.a === person,
            ).toBe(true)
            if (candidate.via === null) expect(candidate.payer).toBe(bond?.b)
            else expect(isMember(facts, candidate.via, candidate.payer)).toBe(true)
          }
          const { payer } = resolution
          expect(
            payer === 'self' || resolution.candidates.some((candidate) => candidate.payer === payer),
          ).toBe(true)
        }
      }),
      { numRuns: 3000 },
    )
    expect(payers).toBeGreaterThan(1000)
  })

  test('[P8] [B34] no payment outlives the employment it follows from', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const facts = walk(steps, () => undefined)
        for (const bond of facts.all('bond')) {
          if (bond.follows === null || !(isStanding(bond) || bond.state === 'frozen')) continue
          expect(facts.get('bond', bond.follows)?.state).toMatch(/^(confirmed|ending|frozen)$/)
        }
      }),
      { numRuns: 3000 },
    )
  })

  test('[B5] of one type and pair at most one bond is open', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const open = walk(steps, () => undefined)
          .all('bond')
          .filter((bond) => isStanding(bond) || bond.state === 'proposed' || bond.state === 'frozen')
          .map(({ type, a, b }) => `${type} ${a} ${b}`)
        expect(new Set(open).size).toBe(open.length)
      }),
      { numRuns: 3000 },
    )
  })

  test('[K11] a refusal leaves everything as it was, and says a declared code and a rule', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let before = ''
        let refused = false
        walk(steps, ({ facts, decision }) => {
          if (refused) expect(all(facts)).toBe(before)
          before = all(facts)
          refused = decision?.ok === false
          if (decision?.ok === false) expect(decision.refusal.rule).toMatch(/^[BPA]\d+$/)
        })
      }),
      { numRuns: 600 },
    )
  })

  test('[K10] asked again, a decision comes out the same', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const decisions = () => {
          const made: unknown[] = []
          walk(steps, ({ decision }) => made.push(decision))
          return made
        }
        expect(decisions()).toEqual(decisions())
      }),
      { numRuns: 300 },
    )
  })

  test('[K14] a device with what its documents show refuses nothing that the server accepts', () => {
    let asked = 0
    fc.assert(
      fc.property(history, (steps) => {
        walk(steps, ({ facts, deed, actor, decision, day }) => {
          if (deed.kind !== 'command' || actor === undefined || decision?.ok !== true) return
          const entries = documentsFor(deed.account, deed.party, facts).flatMap(({ name }) =>
            keysOf(name, facts).flatMap((key) => entryOf(name, key, facts, day) ?? []),
          )
          const here = decide(deviceFacts(entries), deed.type, deed.input, actor, { today: day })
          asked += 1
          expect(here.ok ? 'accepted' : here.refusal).toBe('accepted')
          const empty = decide(deviceFacts([]), deed.type, deed.input, actor, { today: day })
          expect(empty.ok ? 'accepted' : empty.refusal).toBe('accepted')
        })
      }),
      { numRuns: 600 },
    )
    expect(asked).toBeGreaterThan(3000)
  })
})

function isMember(facts: Facts, company: string, organisation: string): boolean {
  return facts
    .find('bond', 'a', company)
    .some((bond) => bond.type === 'org_membership' && bond.b === organisation && isStanding(bond))
}

function shuffledFacts(facts: Facts, stream: Iterator<number>): Facts {
  return {
    ...facts,
    find: (...where) =>
      facts
        .find(...where)
        .map((record) => [stream.next().value as number, record] as const)
        .toSorted(([one], [other]) => one - other)
        .map(([, record]) => record),
  }
}
