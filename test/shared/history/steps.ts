import fc from 'fast-check'
import { bondTypes, isOpen, personBondTypes, type Bond } from '#shared/bonds/model.ts'
import type { Change } from '#shared/changes.ts'
import { must } from '#shared/kernel/must.ts'
import { addDays, type Day } from '#shared/kernel/time.ts'
import { feeKinds } from '#shared/payers/model.ts'
import { accountOf, id, typing, typingOrganisation } from '../demo-parties.ts'
import { office, smallCast, type Cast } from './cast.ts'

/** A step of a random history: numbers, which get a meaning from what stands when the step is taken. */
export interface Step {
  readonly what: number
  readonly who: number
  readonly which: number
  readonly other: number
  readonly days: number
}

export const anyStep: fc.Arbitrary<Step> = fc.record({
  what: fc.nat(99),
  who: fc.nat(99),
  which: fc.nat(999),
  other: fc.nat(99),
  days: fc.integer({ min: -3, max: 30 }),
})

/** What a step means: a command of an account for a party, one of the house, or a change from outside the commands. */
export type Deed =
  | {
      readonly kind: 'command'
      readonly account: string
      readonly party: string
      readonly type: string
      readonly input: unknown
    }
  | { readonly kind: 'system'; readonly type: string; readonly input: { readonly id: string } }
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'nothing' }

/** Numbers in the range for tests that belong to nobody of the cast. */
const unknownNumbers = ['199805032381', '198507099805', '199001022384']
const nothing: Deed = { kind: 'nothing' }

export const pick = <T>(list: readonly T[], n: number): T => must(list[n % list.length], 'something to pick')

/** All bonds there are, in the order of ids. */
export interface HasAll {
  readonly all: (kind: 'bond') => readonly Bond[]
}

/** `salt` tells this step's new ids from all others'. */
export function deedOf(step: Step, facts: HasAll, salt: string, today: Day, cast: Cast = smallCast): Deed {
  const { what, who, which, other, days } = step
  if (what < 18) return askPerson(step, salt, cast)
  if (what < 28) {
    const type = pick([...personBondTypes, 'employed', 'employed', 'billing', 'billing'], which)
    return own(pick(cast.persons, who), 'bond.propose', {
      id: id(salt),
      type,
      other: typingOrganisation(pick(cast.organisations, other)),
    })
  }
  if (what < 34) {
    const input = {
      id: id(salt),
      type: 'org_membership',
      other: typingOrganisation(pick(cast.organisations, other)),
    }
    return forOrganisation(cast, pick(cast.organisations, who), 'bond.propose', input)
  }
  const bonds = facts.all('bond')
  if (what < 60) return answer(step, bonds, cast)
  if (what < 78) return restrict(step, bonds, today, cast)
  if (what < 82) return byTheHouse(bonds, which)
  if (what < 88) {
    const payer = which % 4 === 0 ? 'self' : id(pick(cast.organisations, other))
    return own(pick(cast.persons, who), 'payer.choose', {
      payer,
      feeKind: pick(['*', '*', ...feeKinds], which),
    })
  }
  if (what < 91) return freeze(step, bonds, cast)
  if (what < 94) return { kind: 'change', change: agreedException(step, salt, today, cast) }
  return nonsense(step, bonds, days, cast)
}

function askPerson({ who, which, other }: Step, salt: string, cast: Cast): Deed {
  const type = pick(
    [...bondTypes.filter((one) => one !== 'org_membership'), 'employed', 'employed', 'billing'],
    which,
  )
  const unknown = {
    person: { name: 'okänd', nationalId: { country: 'SE', value: pick(unknownNumbers, who) } },
  }
  const named = other % 9 === 0 ? unknown : typing(pick(cast.persons, other))
  const byId = other % 7 === 1 ? { party: id(pick(cast.persons, other)) } : named
  return forOrganisation(cast, pick(cast.organisations, who), 'bond.propose', {
    id: id(salt),
    type,
    other: byId,
  })
}

function answer({ who, which, what }: Step, bonds: readonly Bond[], cast: Cast): Deed {
  const waiting = bonds.filter((bond) => bond.state === 'proposed')
  if (waiting.length === 0) return nothing
  const bond = pick(waiting, which)
  const type = what < 52 ? 'bond.confirm' : what < 56 ? 'bond.decline' : 'bond.withdraw'
  const asked = bond.proposedBy === 'a' ? bond.b : bond.a
  const proposer = bond.proposedBy === 'a' ? bond.a : bond.b
  const right = type === 'bond.withdraw' ? proposer : asked
  // One in eight presses the other's button.
  return actingFor(cast, who % 8 === 0 ? (right === asked ? proposer : asked) : right, type, { id: bond.id })
}

function restrict({ who, which, days }: Step, bonds: readonly Bond[], today: Day, cast: Cast): Deed {
  const open = bonds.filter(isOpen)
  if (open.length === 0) return nothing
  const bond = pick(open, which)
  const party = who % 2 === 0 ? bond.a : bond.b
  if (who % 5 === 0) return actingFor(cast, party, 'bond.cancel-end', { id: bond.id })
  const input = { id: bond.id, reason: 'skäl', ...(days % 3 !== 0 && { date: addDays(today, days) }) }
  return actingFor(cast, who % 11 === 0 ? id('ORG-FYR') : party, 'bond.end', input)
}

function byTheHouse(bonds: readonly Bond[], which: number): Deed {
  const due = bonds.filter((bond) => bond.state === 'proposed' || bond.state === 'ending')
  if (due.length === 0) return nothing
  const bond = pick(due, which)
  return {
    kind: 'system',
    type: bond.state === 'proposed' ? 'bond.expire' : 'bond.lapse',
    input: { id: bond.id },
  }
}

function freeze({ who, which }: Step, bonds: readonly Bond[], cast: Cast): Deed {
  if (bonds.length === 0) return nothing
  const input = { id: pick(bonds, which).id, reason: 'Tvist' }
  return forOrganisation(cast, office, who % 2 === 0 ? 'bond.freeze' : 'bond.unfreeze', input)
}

function agreedException({ who, which, other }: Step, salt: string, today: Day, cast: Cast): Change {
  return {
    type: 'payerExceptionAgreed',
    kind: 'payerException',
    id: id(`exception ${salt}`),
    exception: {
      organisation: id(who % 3 === 0 ? 'ORG-KOM' : 'ORG-FYR'),
      company: which % 3 === 0 ? '*' : id(pick(cast.organisations, other)),
      feeKind: pick(['*', 'test', 'admin'] as const, which),
      payer: pick(['company', 'person', 'organisation'] as const, other),
      validFrom: addDays(today, -1),
      validTo: null,
    },
  }
}

/** Any button on any bond by anybody. */
function nonsense({ who, which, other, days }: Step, bonds: readonly Bond[], n: number, cast: Cast): Deed {
  const types = ['bond.confirm', 'bond.decline', 'bond.withdraw', 'bond.end', 'bond.cancel-end']
  const bond = bonds.length === 0 ? id('never used') : pick(bonds, which).id
  const input = {
    id: bond,
    ...(pick(types, other) === 'bond.end' && days % 2 === 0 && { date: '2027-02-29' }),
  }
  const type = pick(types, other)
  return (who + n) % 2 === 0
    ? own(pick(cast.persons, who), type, input)
    : forOrganisation(cast, pick([...cast.organisations, office], who), type, input)
}

function own(key: string, type: string, input: unknown): Deed {
  return { kind: 'command', account: accountOf(key), party: id(key), type, input }
}

function forOrganisation(cast: Cast, key: string, type: string, input: unknown): Deed {
  const speaker = cast.speakers[key]
  return speaker === undefined
    ? nothing
    : { kind: 'command', account: accountOf(speaker), party: id(key), type, input }
}

/** Whoever speaks for the party; nobody speaks for a person only a request has named. */
function actingFor(cast: Cast, party: string, type: string, input: unknown): Deed {
  const organisation = Object.keys(cast.speakers).find((key) => id(key) === party)
  if (organisation !== undefined) return forOrganisation(cast, organisation, type, input)
  const person = [...cast.persons, ...Object.values(cast.speakers)].find((key) => id(key) === party)
  return person === undefined ? nothing : own(person, type, input)
}

/** A name typed by a stranger is not the person's name; the number must be right to find them. */
export function asTypedByStranger(deed: Deed): Deed {
  if (deed.kind !== 'command') return deed
  const text = JSON.stringify(deed.input).replaceAll(/"name":"[^"]*"/g, '"name":"så skrev jag"')
  return { ...deed, input: JSON.parse(text) }
}
