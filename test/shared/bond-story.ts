import * as v from 'valibot'
import { expect } from 'vitest'
import type { Actor } from '#shared/access/actor.ts'
import type { Bond, BondType, Side } from '#shared/bonds/model.ts'
import type { Change } from '#shared/changes.ts'
import { findCommand } from '#shared/commands.ts'
import type { Request } from '#shared/kernel/command.ts'
import type { Decision } from '#shared/kernel/decision.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import { must } from '#shared/kernel/must.ts'
import { addDays, dayOf, type Day } from '#shared/kernel/time.ts'
import { daysAgo, id, now, person, strangers, today } from './demo-parties.ts'
import type { MemoryFacts } from './memory-facts.ts'

/** The id of a bond of a story, by what it is between. */
export function bondId(type: BondType, a: string, b: string): string {
  return id(`story ${type} ${a} ${b}`)
}

export interface Told {
  readonly by?: Side
  /** How many days ago it was asked; answered the day after (never later than today). */
  readonly ago?: number
  readonly follows?: string
  readonly bond?: string
}

/** A bond somebody has asked for: by the organisation unless said otherwise. */
export function asked(type: BondType, a: string, b: string, told: Told = {}): readonly Change[] {
  const by = told.by ?? 'b'
  const at = daysAgo(told.ago ?? 10)
  const typed =
    by === 'b' && type !== 'org_membership' && told.follows === undefined
      ? { name: person(a).name, nationalId: person(a).nationalId }
      : null
  return [
    {
      type: 'bondProposed',
      kind: 'bond',
      id: told.bond ?? bondId(type, a, b),
      bondType: type,
      a: id(a),
      b: id(b),
      by,
      at,
      expiresOn: addDays(dayOf(at), 90),
      typed,
      note: '',
      follows: told.follows ?? null,
    },
  ]
}

/** Asked and answered with yes. */
export function standing(type: BondType, a: string, b: string, told: Told = {}): readonly Change[] {
  const at = daysAgo(Math.max((told.ago ?? 10) - 1, 0))
  return [
    ...asked(type, a, b, told),
    { type: 'bondConfirmed', kind: 'bond', id: told.bond ?? bondId(type, a, b), at, validFrom: dayOf(at) },
  ]
}

/** An employment as it mostly is: confirmed, with the payment that follows from it. */
export function employed(a: string, b: string, told: Told = {}): readonly Change[] {
  const employment = told.bond ?? bondId('employed', a, b)
  return [
    ...standing('employed', a, b, told),
    ...standing('billing', a, b, { ...told, by: 'b', follows: employment, bond: followerId(a, b) }),
  ]
}

export function followerId(a: string, b: string): string {
  return id(`story following ${a} ${b}`)
}

export function declined(type: BondType, a: string, b: string, told: Told & { readonly days?: number } = {}) {
  const at = daysAgo(told.days ?? Math.max((told.ago ?? 10) - 1, 0))
  const change: Change = { type: 'bondDeclined', kind: 'bond', id: told.bond ?? bondId(type, a, b), at }
  return [...asked(type, a, b, told), change]
}

export function ended(bond: string, by: Side = 'b', day: Day = today): Change {
  return { type: 'bondEnded', kind: 'bond', id: bond, at: now, validTo: day, by, reason: '' }
}

export function endSet(bond: string, day: Day, by: Side = 'b', reason = ''): Change {
  return { type: 'bondEndSet', kind: 'bond', id: bond, validTo: day, by, reason }
}

export function frozen(bond: string): Change {
  return { type: 'bondFrozen', kind: 'bond', id: bond, at: now, reason: 'Tvist' }
}

export interface Circumstances {
  readonly now?: string
  readonly today?: Day
}

/** Decides a command as the house does: through its schema, on these facts. */
export function decide(
  facts: Facts,
  type: string,
  input: unknown,
  actor: Actor,
  circumstances: Circumstances = {},
): Decision {
  const definition = must(findCommand(type), type)
  let minted = 0
  const request: Request<unknown> = {
    input: v.parse(definition.input, input),
    actor,
    now: circumstances.now ?? now,
    today: circumstances.today ?? today,
    mint: () => id(`minted ${type} ${JSON.stringify(input)} ${minted++}`),
  }
  return definition.decide(request as Request<never>, facts)
}

/** A change, or several. */
export type Happened = Change | readonly Change[]

/** given(facts…).when(type, input, actor).thenChanges(…) or .thenRefused(code, rule) */
export function given(...told: readonly Happened[]) {
  const facts = strangers()
  for (const change of told.flat()) facts.apply(change)
  return givenFacts(facts)
}

export function givenFacts(facts: MemoryFacts) {
  return {
    facts,
    when: (type: string, input: unknown, actor: Actor, circumstances?: Circumstances) =>
      outcome(facts, decide(facts, type, input, actor, circumstances)),
  }
}

function outcome(facts: MemoryFacts, decision: Decision) {
  return {
    decision,
    /** Exactly these changes, in this order; of each at least what is named. */
    thenChanges(
      ...expected: readonly (Partial<Record<string, unknown>> & { readonly type: Change['type'] })[]
    ) {
      expect(decision).toMatchObject({ ok: true, changes: expected })
      return { facts: applied(facts, decision) }
    },
    thenNothingChanges() {
      expect(decision).toEqual({ ok: true, changes: [] })
    },
    thenRefused(code: string, rule?: string, params?: Readonly<Record<string, string>>) {
      expect(decision).toMatchObject({
        ok: false,
        refusal: { code, ...(rule && { rule }), ...(params && { params }) },
      })
    },
  }
}

/** The facts once the changes have happened. */
export function applied(facts: MemoryFacts, decision: Decision): MemoryFacts {
  if (decision.ok) for (const change of decision.changes) facts.apply(change)
  return facts
}

export function bondOf(facts: Facts, bond: string): Bond {
  return must(facts.get('bond', bond), bond)
}

/** One valid input of every command there is. */
export const demoCommands: Readonly<Record<string, unknown>> = {
  'bond.propose': { id: id('one'), type: 'employed', other: { party: 'x' }, note: '' },
  'bond.confirm': { id: id('one'), rev: 1 },
  'bond.decline': { id: id('one') },
  'bond.withdraw': { id: id('one') },
  'bond.end': { id: id('one'), date: '2026-12-01', reason: '' },
  'bond.cancel-end': { id: id('one') },
  'bond.expire': { id: id('one') },
  'bond.lapse': { id: id('one') },
  'bond.freeze': { id: id('one'), reason: 'Tvist' },
  'bond.unfreeze': { id: id('one'), reason: 'Utrett' },
  'payer.choose': { payer: 'self', feeKind: '*' },
  'role.remove': { id: id('one') },
  'account.choose-locale': { locale: 'sv' },
}
