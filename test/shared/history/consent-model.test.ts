import { describe, expect, test } from 'vitest'
import { actorFor, rolesOf, systemActor, type Actor } from '#shared/access/actor.ts'
import { seesPerson } from '#shared/access/visibility.ts'
import { evolveBond } from '#shared/bonds/evolve.ts'
import type { Bond } from '#shared/bonds/model.ts'
import type { Change } from '#shared/changes.ts'
import { findCommand } from '#shared/commands.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import { must } from '#shared/kernel/must.ts'
import type { RecordKind, Records } from '#shared/records.ts'
import {
  afterChanges,
  dayFrom,
  id,
  now,
  self,
  strangers,
  today,
  typing,
  typingOrganisation,
  user,
} from '../demo-parties.ts'
import { memoryFacts } from '../memory-facts.ts'
import { seesByTheBook, withoutConsent } from './consent.ts'

/** Every command of these actors, tried in every state that can be reached in so many steps (reliability T6). */
const depth = 8

interface Move {
  readonly actor: Actor
  readonly type: string
  readonly input: Record<string, unknown>
  readonly day: string
}
type State = readonly Bond[]

const parties = strangers()
const none: readonly never[] = []

/** Facts over a handful of bonds, without an index: fast to make, which is what counts here. */
function factsOf(bonds: State): Facts {
  return {
    complete: true,
    get: <K extends RecordKind>(kind: K, key: string) =>
      (kind === 'bond' ? bonds.find((bond) => bond.id === key) : parties.get(kind, key)) as
        | Records[K]
        | undefined,
    find: <K extends RecordKind>(kind: K, column: string, key: string) =>
      (kind === 'bond'
        ? bonds.filter((bond) => bond[column as 'a' | 'b'] === key)
        : kind === 'payerChoice' || kind === 'payerException'
          ? none
          : parties.find(kind, column as never, key)) as readonly Records[K][],
  }
}

const over = new Set(['ended', 'declined', 'withdrawn', 'expired'])

/** Two states are one when the rules cannot tell them apart: ids and times are left out, of what is over only that it was. */
function canonical(bonds: State): string {
  const number = new Map<string, string>()
  const short = (bond: Bond): string => {
    const end =
      bond.state === 'ending'
        ? bond.validTo + bond.endedBy
        : bond.state === 'frozen'
          ? JSON.stringify(bond.end)
          : ''
    const follows = bond.follows === null ? '' : 'f'
    return `${bond.type} ${bond.a} ${bond.b} ${bond.proposedBy} ${bond.state} ${end}${follows}`
  }
  for (const bond of bonds) number.set(bond.id, short(bond))
  return [
    ...new Set(bonds.map((bond) => short(bond) + (bond.follows !== null ? number.get(bond.follows) : ''))),
  ]
    .sort()
    .join('|')
}

function movesOn(
  bonds: State,
  actors: readonly Actor[],
  proposals: readonly Move[],
  step: number,
): readonly Move[] {
  const moves = proposals.map((move, n) => ({
    ...move,
    input: { ...move.input, id: `${step}-${n}-${bonds.length}` },
  }))
  for (const bond of bonds) {
    // What is over is answered the same whoever asks; the stories cover it.
    if (over.has(bond.state)) continue
    for (const actor of actors) {
      const act = (type: string, more: object = {}) =>
        moves.push({ actor, type, input: { id: bond.id, ...more }, day: today })
      act('bond.confirm')
      act('bond.decline')
      act('bond.withdraw')
      act('bond.end', { reason: '' })
      act('bond.end', { reason: '', date: dayFrom(5) })
      act('bond.cancel-end')
      act('bond.freeze', { reason: 'Tvist' })
      act('bond.unfreeze', { reason: 'Utrett' })
    }
    for (const type of ['bond.expire', 'bond.lapse']) {
      moves.push({ actor: systemActor, type, input: { id: bond.id }, day: dayFrom(100) })
    }
  }
  return moves
}

function after(bonds: State, changes: readonly Change[]): State {
  const next = new Map(bonds.map((bond) => [bond.id, bond]))
  for (const change of changes)
    if (change.kind === 'bond') next.set(change.id, evolveBond(next.get(change.id), change))
  return [...next.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** Walks breadth first over everything that can be reached; `check` sees each state once. */
function explore(
  actors: readonly Actor[],
  proposals: readonly Move[],
  check: (bonds: State, facts: Facts) => void,
) {
  const seen = new Set([''])
  let level: readonly State[] = [[]]
  const count = { states: 1, moves: 0, deepest: 0 }
  for (let step = 1; step <= depth && level.length > 0; step += 1) {
    const next: State[] = []
    for (const bonds of level) {
      const facts = factsOf(bonds)
      for (const { actor, type, input, day } of movesOn(bonds, actors, proposals, step)) {
        count.moves += 1
        let minted = 0
        const request = { input, actor, now, today: day, mint: () => `${String(input['id'])}m${minted++}` }
        const decision = must(findCommand(type), type).decide(request as never, facts)
        if (!decision.ok || decision.changes.length === 0) continue
        const wrong = withoutConsent(actor, decision.changes, facts)
        if (wrong.length > 0)
          throw new Error(`${wrong.join()} by ${type} of ${actor.role.name} in ${canonical(bonds)}`)
        const reached = after(bonds, decision.changes)
        const key = canonical(reached)
        if (seen.has(key)) continue
        seen.add(key)
        check(reached, factsOf(reached))
        next.push(reached)
      }
    }
    if (next.length > 0) count.deepest = step
    level = next
    count.states = seen.size
  }
  return count
}

const propose = (actor: Actor, type: string, other: object): Move => ({
  actor,
  type: 'bond.propose',
  input: { type, other, note: '' },
  day: today,
})

function checkSight(bonds: State, facts: Facts): void {
  for (const organisation of ['C-GRAN', 'ORG-FYR', 'C-TALL']) {
    if (
      seesPerson(id(organisation), id('P06'), facts) !==
      seesByTheBook(id(organisation), id('P06'), bonds, facts)
    ) {
      throw new Error(`${organisation} sees P06 in ${canonical(bonds)}`)
    }
  }
  const open = bonds.filter((bond) => !over.has(bond.state)).map(({ type, a, b }) => type + a + b)
  if (new Set(open).size !== open.length) throw new Error(`two of the same: ${canonical(bonds)}`)
  for (const bond of bonds) {
    if (bond.follows === null || over.has(bond.state)) continue
    const followed = bonds.find((other) => other.id === bond.follows)
    if (followed === undefined || over.has(followed.state))
      throw new Error(`a payment outlives its employment: ${canonical(bonds)}`)
  }
}

const person = self('P06')
const company = user('C-GRAN')
const broker = user('ORG-FYR')
const stranger = user('C-TALL')
const operator = user('KANSLI')

describe('every state that three users can bring about', () => {
  test('[B1] [V1] a person and a company: relations and payments', () => {
    const proposals = ['employed', 'other', 'billing'].flatMap((type) => [
      propose(person, type, typingOrganisation('C-GRAN')),
      propose(company, type, typing('P06')),
    ])
    const count = explore([person, company, operator], proposals, checkSight)
    expect(count.deepest).toBe(depth)
    expect(count.states).toBeGreaterThan(1500)
  }, 120_000)

  test('[B1] [V1] [V2] a person, a company and its broker organisation', () => {
    const proposals = [
      propose(person, 'employed', typingOrganisation('C-GRAN')),
      propose(company, 'employed', typing('P06')),
      propose(company, 'org_membership', typingOrganisation('ORG-FYR')),
      propose(broker, 'org_membership', typingOrganisation('C-GRAN')),
    ]
    const count = explore([person, company, broker, stranger, operator], proposals, checkSight)
    expect(count.deepest).toBe(depth)
    expect(count.states).toBeGreaterThan(1500)
  }, 120_000)

  test('[A2] [A4] [A5] three administrators take roles from each other: nobody keeps a right without a role, one stays', () => {
    const people = ['P01', 'P02', 'P03']
    const grant = (key: string): Change => ({
      type: 'staffRoleGranted',
      kind: 'staffRole',
      id: id(`role ${key}`),
      staffRole: { account: id(`account ${key}`), party: id('C-TALL'), administrator: true, title: '' },
    })
    let states: readonly (readonly string[])[] = [[]]
    let reached = 0
    for (let step = 0; step < depth; step += 1) {
      const next = new Map<string, readonly string[]>()
      for (const removed of states) {
        const facts = afterChanges(memoryFacts(recordsOf()), people.map(grant))
        for (const role of removed) {
          facts.apply({ type: 'staffRoleRemoved', kind: 'staffRole', id: role, by: 'x', at: now })
        }
        const roles = facts.find('staffRole', 'party', id('C-TALL'))
        expect(roles.filter((role) => role.state === 'active').length).toBeGreaterThan(0)
        for (const role of roles) {
          const rights = rolesOf(role.account, facts).filter((one) => one.party === id('C-TALL'))
          expect(rights.length).toBe(role.state === 'active' ? 1 : 0)
          const actor = actorFor(role.account, id('C-TALL'), facts)
          if (actor === undefined) continue
          for (const target of roles) {
            const request = { input: { id: target.id }, actor, now, today, mint: () => 'x' }
            const decision = must(findCommand('role.remove'), 'role.remove').decide(request as never, facts)
            if (!decision.ok) {
              expect(target.account).toBe(actor.account)
              continue
            }
            const after = [...new Set([...removed, ...decision.changes.map((change) => change.id)])].sort()
            next.set(after.join(), after)
          }
        }
      }
      reached += next.size
      states = [...next.values()]
    }
    expect(reached).toBeGreaterThan(10)
  })
})

function recordsOf() {
  return {
    person: parties.all('person'),
    organisation: parties.all('organisation'),
    account: parties.all('account'),
    staffRole: parties.all('staffRole'),
  }
}
