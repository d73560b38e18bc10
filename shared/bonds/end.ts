import * as v from 'valibot'
import { hasRight, isSystem } from '../access/actor.ts'
import { seesThroughCompany } from '../access/visibility.ts'
import type { Change } from '../changes.ts'
import { cleanText } from '../identity/fold.ts'
import { defineCommand, type AnyCommandDefinition, type Request } from '../kernel/command.ts'
import { accept, refuse, type Decision } from '../kernel/decision.ts'
import type { Facts } from '../kernel/facts.ts'
import { dayField, idField, noteField } from '../kernel/fields.ts'
import { isStanding, sideOf, type Bond, type Side } from './model.ts'
import { bondRefusals, type BondRefusal } from './refusals.ts'
import { unseen } from './unseen.ts'

const endInput = v.strictObject({
  id: idField,
  date: v.optional(dayField),
  reason: v.optional(noteField, ''),
})
const idInput = v.strictObject({ id: idField })
type EndRequest = Request<v.InferOutput<typeof endInput>>
type IdRequest = Request<v.InferOutput<typeof idInput>>
type Agreed = Extract<Bond, { state: 'confirmed' | 'ending' | 'frozen' }>

/** "Avsluta relation": either side, now or on a day to come. */
export function decideEnd(request: EndRequest, facts: Facts): Decision<BondRefusal> {
  const { input, today } = request
  const bond = facts.get('bond', input.id)
  if (bond === undefined && !facts.complete) return unseen()
  const side = bond === undefined ? undefined : endingSide(request, bond)
  if (bond === undefined || side === undefined) return notOurs(request, bond, facts)
  if (side !== 'operator' && !mayEnd(request, bond)) return refuse('bond/not-allowed', 'B51')
  if (bond.state === 'ended') return accept()
  if (bond.state === 'frozen' && side !== 'operator') return refuse('bond/frozen', 'B40')
  if (!isStanding(bond) && bond.state !== 'frozen') {
    // A proposer who presses "Avsluta relation" on a waiting request takes it back.
    if (bond.state === 'proposed' && bond.proposedBy === side) {
      return accept({ type: 'bondWithdrawn', kind: 'bond', id: bond.id, at: request.now })
    }
    if (bond.state === 'withdrawn' && bond.proposedBy === side) return accept()
    return refuse('bond/not-standing', 'B31', { state: bond.state })
  }
  const day = input.date ?? today
  if (!isRealDay(day)) return refuse('bond/date-invalid', 'B31')
  if (day < bond.validFrom) return refuse('bond/date-before-start', 'B31', { validFrom: bond.validFrom })
  if (day > latestDay(today)) return refuse('bond/date-invalid', 'B31')
  const reason = cleanText(input.reason, 500)
  if (side === 'operator' && reason === '') return refuse('bond/reason-missing', 'B41')
  const set = endSet(bond)
  if (set !== undefined && set <= day) return accept()
  return accept(...ending(bond, day, side, reason, request, facts))
}

function latestDay(today: string): string {
  return Temporal.PlainDate.from(today).add({ years: 2 }).toString()
}

/** The schema sees the shape of a day; the 31st of February has it too. */
function isRealDay(day: string): boolean {
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' }).toString() === day
  } catch {
    return false
  }
}

function endingSide(request: IdRequest, bond: Bond): Side | 'operator' | undefined {
  return hasRight(request.actor, 'bond.freeze') ? 'operator' : sideOf(bond, request.actor.role.party)
}

function mayEnd(request: IdRequest, bond: Bond): boolean {
  const { actor } = request
  if (actor.role.kind === 'person') return hasRight(actor, 'own.relations')
  return hasRight(actor, bond.type === 'org_membership' ? 'company.relate' : 'person.relate')
}

/** Whoever sees the person only through a member company is told whose the employment is; to others it does not exist. */
function notOurs(request: EndRequest, bond: Bond | undefined, facts: Facts): Decision<BondRefusal> {
  // Of a payment that follows from an employment it is the employment that is seen (IS-105).
  const seen = bond === undefined || bond.follows === null ? bond : facts.get('bond', bond.follows)
  if (bond === undefined || seen === undefined || !seesThroughCompany(request.actor.role, seen, facts))
    return refuse('bond/unknown', 'B50')
  const company = facts.get('organisation', bond.b)
  // The company, not the person: an answer is kept, and can be asked for again when the person may no longer be seen.
  return refuse('bond/not-yours-to-end', 'B35', { company: company?.name ?? '' })
}

/** The end itself, today or set for its day, with the payment that followed from the relation (B34). */
export function ending(
  bond: Agreed,
  day: string,
  by: Side | 'operator',
  reason: string,
  request: Pick<Request<unknown>, 'now' | 'today'>,
  facts: Facts,
): readonly Change[] {
  return [bond, ...followersOf(bond, facts)].flatMap((one): readonly Change[] => {
    if (day > request.today) {
      if (one !== bond && endSet(one) !== undefined && (endSet(one) ?? '') <= day) return []
      return [{ type: 'bondEndSet', kind: 'bond', id: one.id, validTo: day, by, reason }]
    }
    return [{ type: 'bondEnded', kind: 'bond', id: one.id, at: request.now, validTo: day, by, reason }]
  })
}

/** The payments that follow from a relation and are not over. A frozen one ends with it too, else it would thaw into nothing. */
function followersOf(bond: Bond, facts: Facts): readonly Agreed[] {
  return facts
    .find('bond', 'a', bond.a)
    .filter((other) => other.type === 'billing' && other.follows === bond.id)
    .filter((other): other is Agreed => isStanding(other) || other.state === 'frozen')
}

/** The day an end has been set for. */
function endSet(bond: Bond): string | undefined {
  return bond.state === 'ending' ? bond.validTo : bond.state === 'frozen' ? bond.end?.validTo : undefined
}

export function decideCancelEnd(request: IdRequest, facts: Facts): Decision<BondRefusal> {
  const { input, today } = request
  const bond = facts.get('bond', input.id)
  if (bond === undefined && !facts.complete) return unseen()
  const side = bond === undefined ? undefined : endingSide(request, bond)
  if (bond === undefined || side === undefined) return refuse('bond/unknown', 'B50')
  if (side !== 'operator' && !mayEnd(request, bond)) return refuse('bond/not-allowed', 'B51')
  if (bond.state === 'confirmed') return accept()
  if (bond.state !== 'ending') return refuse('bond/not-standing', 'B33', { state: bond.state })
  if (bond.endedBy !== side) return refuse('bond/not-proposer', 'B33')
  if (bond.validTo <= today) return refuse('bond/too-late', 'B33')
  const followers = facts.find('bond', 'a', bond.a).filter(
    (other) =>
      other.follows === bond.id &&
      other.state === 'ending' &&
      other.validTo === bond.validTo &&
      // What the other side ended for the same day is its own to take back.
      other.endedBy === bond.endedBy,
  )
  return accept(
    ...[bond, ...followers].map((one) => ({
      type: 'bondEndCancelled' as const,
      kind: 'bond' as const,
      id: one.id,
    })),
  )
}

/** The daily round: a request nobody answered lapses. */
export function decideExpire(request: IdRequest, facts: Facts): Decision<BondRefusal> {
  if (!isSystem(request.actor)) return refuse('bond/not-allowed', 'B51')
  const bond = facts.get('bond', request.input.id)
  if (bond === undefined || bond.state !== 'proposed') return refuse('bond/unknown', 'B12')
  if (bond.expiresOn > request.today) return refuse('bond/not-due', 'B12')
  return accept({ type: 'bondExpired', kind: 'bond', id: bond.id, at: request.now })
}

/** The daily round: the day of a set end has come. */
export function decideLapse(request: IdRequest, facts: Facts): Decision<BondRefusal> {
  if (!isSystem(request.actor)) return refuse('bond/not-allowed', 'B51')
  const bond = facts.get('bond', request.input.id)
  if (bond === undefined || bond.state !== 'ending') return refuse('bond/unknown', 'B36')
  if (bond.validTo > request.today) return refuse('bond/not-due', 'B36')
  return accept(...ending(bond, bond.validTo, bond.endedBy, bond.endReason, request, facts))
}

export const endCommands: readonly AnyCommandDefinition[] = [
  defineCommand<v.InferOutput<typeof endInput>>({
    type: 'bond.end',
    version: 1,
    about: 'End a bond that stands, today or on a later day.',
    input: endInput,
    refusals: bondRefusals,
    decide: decideEnd,
  }),
  defineCommand<v.InferOutput<typeof idInput>>({
    type: 'bond.cancel-end',
    version: 1,
    about: 'Take back an end that has not come yet.',
    input: idInput,
    refusals: bondRefusals,
    decide: decideCancelEnd,
  }),
  defineCommand<v.InferOutput<typeof idInput>>({
    type: 'bond.expire',
    version: 1,
    about: 'The daily round lets an unanswered request lapse.',
    input: idInput,
    refusals: bondRefusals,
    systemOnly: true,
    decide: decideExpire,
  }),
  defineCommand<v.InferOutput<typeof idInput>>({
    type: 'bond.lapse',
    version: 1,
    about: 'The daily round ends what was set to end today.',
    input: idInput,
    refusals: bondRefusals,
    systemOnly: true,
    decide: decideLapse,
  }),
]
