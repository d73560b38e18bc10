import * as v from 'valibot'
import { hasRight, type Actor } from '../access/actor.ts'
import type { Change } from '../changes.ts'
import { cleanText } from '../identity/fold.ts'
import { parseNationalId } from '../identity/national-id.ts'
import { parseRegNo } from '../identity/reg-no.ts'
import type { Request } from '../kernel/command.ts'
import { accept, refuse, type Decision } from '../kernel/decision.ts'
import type { Facts } from '../kernel/facts.ts'
import { idField, nameField, noteField, numberField, partyField } from '../kernel/fields.ts'
import { addDays, dayOf } from '../kernel/time.ts'
import type { Organisation, Person } from '../parties/model.ts'
import { knownOf, sharesBond } from './acquaintance.ts'
import { bondTypeRules, canBeMemberCompany, obstacleFor } from './bond-types.ts'
import { bondTypes, isOpen, otherSide, type Bond, type BondType, type Side } from './model.ts'
import type { BondRefusal } from './refusals.ts'
import { hasStandingRelation } from './relations.ts'
import { unseen } from './unseen.ts'

/** Days a request waits before it lapses (settled question 3). */
export const requestDays = 90
/** Days before the same may be asked again after a no (model §2.4). */
export const blockDays = 30

export const proposeInput = v.strictObject({
  id: idField,
  type: v.picklist(bondTypes),
  other: v.union([
    v.strictObject({
      person: v.strictObject({
        name: v.optional(nameField, ''),
        nationalId: v.strictObject({ country: v.picklist(['SE', 'FI', 'NO']), value: numberField }),
      }),
    }),
    v.strictObject({
      organisation: v.strictObject({
        regNo: v.strictObject({ country: v.picklist(['SE', 'FI', 'NO', 'DE']), value: numberField }),
      }),
    }),
    v.strictObject({ party: partyField }),
  ]),
  note: v.optional(noteField, ''),
})
type ProposeInput = v.InferOutput<typeof proposeInput>
type ProposeRequest = Request<ProposeInput>

/** Side b of a new bond as far as it is known here; on a device it may be unseen. */
interface Pair {
  readonly side: Side
  readonly a: string | undefined
  readonly b: string | undefined
  readonly organisation: Organisation | undefined
  readonly typed: Bond['typed']
  /** A person nobody knew, to be entered by number. */
  readonly named: Change | undefined
}
type Found = { readonly ok: true; readonly pair: Pair } | Extract<Decision<BondRefusal>, { ok: false }>

export function decidePropose(request: ProposeRequest, facts: Facts): Decision<BondRefusal> {
  const { input, actor } = request
  if (!mayPropose(actor, input.type)) return refuse('bond/not-allowed', 'B51')
  if (facts.get('bond', input.id) !== undefined) return refuse('bond/id-taken', 'B51')

  const found = findPair(request, facts)
  if (!found.ok) return found
  const { pair } = found
  const unfit = checkType(input.type, pair, facts)
  if (unfit !== undefined) return unfit
  const clash = checkOthers(request, pair, facts)
  if (clash !== undefined) return clash
  if (pair.a === undefined || pair.b === undefined) return unseen()
  return accept(
    ...(pair.named === undefined ? [] : [pair.named]),
    ...proposal(request, pair, pair.a, pair.b, facts),
  )
}

function mayPropose(actor: Actor, type: BondType): boolean {
  if (actor.role.kind === 'person') return type !== 'org_membership' && hasRight(actor, 'own.relations')
  return hasRight(actor, type === 'org_membership' ? 'company.relate' : 'person.relate')
}

function findPair(request: ProposeRequest, facts: Facts): Found {
  const { input } = request
  if ('person' in input.other) return findPerson(request, input.other.person, facts)
  if ('organisation' in input.other) return findOrganisation(request, input.other.organisation.regNo, facts)
  return findParty(request, input.other.party, facts)
}

function findPerson(
  request: ProposeRequest,
  typed: {
    readonly name: string
    readonly nationalId: { readonly country: 'SE' | 'FI' | 'NO'; readonly value: string }
  },
  facts: Facts,
): Found {
  const { actor, input } = request
  if (actor.role.kind === 'person' || bondTypeRules[input.type].a !== 'person')
    return refuse('bond/wrong-side', 'B10')
  const parsed = parseNationalId(typed.nationalId.country, typed.nationalId.value, request.today)
  if (!parsed.ok) return refuse('bond/number-invalid', 'B2', { reason: parsed.reason })
  const organisation = facts.get('organisation', actor.role.party)
  const person = facts.find('person', 'nationalId', parsed.id.key)[0]
  const speaker = actor.person === null ? undefined : facts.get('person', actor.person)
  if (speaker?.nationalId?.key === parsed.id.key && input.type !== 'sole_trader')
    return refuse('bond/own-number', 'B9')
  const fresh = person === undefined && facts.complete ? request.mint() : undefined
  return {
    ok: true,
    pair: {
      side: 'b',
      a: person?.id ?? fresh,
      b: actor.role.party,
      organisation,
      typed: { name: cleanText(typed.name, 200), nationalId: parsed.id },
      named: fresh === undefined ? undefined : personNamed(fresh, parsed.id),
    },
  }
}

/** Name and all else stay empty: what a stranger typed about a person is not the person's data. */
function personNamed(id: string, nationalId: NonNullable<Person['nationalId']>): Change {
  const person = { known: false, name: '', nationalId, contact: null, protectedIdentity: false }
  return { type: 'personEntered', kind: 'person', id, person }
}

function findOrganisation(
  request: ProposeRequest,
  typed: { readonly country: 'SE' | 'FI' | 'NO' | 'DE'; readonly value: string },
  facts: Facts,
): Found {
  const { actor, input } = request
  const parsed = parseRegNo(typed.country, typed.value, request.today)
  if (!parsed.ok)
    return refuse('bond/organisation-number-invalid', 'B2', { value: typed.value, reason: parsed.reason })
  const organisation = facts.find('organisation', 'regNo', parsed.regNo.key)[0]
  if (actor.role.kind === 'person') {
    if (bondTypeRules[input.type].a !== 'person') return refuse('bond/wrong-side', 'B10')
    if (organisation === undefined && facts.complete) return refuse('bond/organisation-unknown', 'B2')
    return {
      ok: true,
      pair: { ...nobodyTyped, side: 'a', a: actor.role.party, b: organisation?.id, organisation },
    }
  }
  if (bondTypeRules[input.type].a !== 'organisation') return refuse('bond/wrong-side', 'B10')
  return membershipPair(actor.role.party, organisation, facts)
}

const nobodyTyped = { typed: null, named: undefined } as const

/** Which is the company and which the organisation follows from what they are. */
function membershipPair(own: string, other: Organisation | undefined, facts: Facts): Found {
  if (other?.id === own) return refuse('bond/own-organisation', 'B10')
  const speaker = facts.get('organisation', own)
  if (speaker?.tier === 'BO') {
    if (other === undefined && facts.complete) return refuse('bond/organisation-unknown', 'B10')
    if (other !== undefined && !canBeMemberCompany(other)) return refuse('bond/organisation-unknown', 'B10')
    return { ok: true, pair: { ...nobodyTyped, side: 'b', a: other?.id, b: own, organisation: speaker } }
  }
  if (speaker !== undefined && !canBeMemberCompany(speaker)) return refuse('bond/not-allowed', 'B10')
  if (other === undefined && facts.complete) return refuse('bond/not-an-organisation', 'B10')
  if (other !== undefined && other.tier !== 'BO') return refuse('bond/not-an-organisation', 'B10')
  return { ok: true, pair: { ...nobodyTyped, side: 'a', a: own, b: other?.id, organisation: other } }
}

/** By id only to somebody one has or had a bond with; a stranger's id leads nowhere. */
function findParty(request: ProposeRequest, party: string, facts: Facts): Found {
  const { actor, input } = request
  const own = actor.role.party
  if (!sharesBond(own, party, facts)) return facts.complete ? refuse('bond/unknown', 'B13') : unseenPair(own)
  if (bondTypeRules[input.type].a === 'organisation')
    return membershipPair(own, facts.get('organisation', party), facts)
  if (actor.role.kind === 'person') {
    const organisation = facts.get('organisation', party)
    if (organisation === undefined && facts.complete) return refuse('bond/unknown', 'B13')
    return { ok: true, pair: { ...nobodyTyped, side: 'a', a: own, b: party, organisation } }
  }
  const person = facts.get('person', party)
  if (person === undefined) return facts.complete ? refuse('bond/unknown', 'B13') : unseenPair(own)
  if (person.id === actor.person && input.type !== 'sole_trader') return refuse('bond/own-number', 'B9')
  const organisation = facts.get('organisation', own)
  const typed = knownOf(person, own, facts)
  return { ok: true, pair: { side: 'b', a: party, b: own, organisation, typed, named: undefined } }
}

/** A device holds neither ended bonds nor parties it does not see; the server decides. */
function unseenPair(own: string): Found {
  return {
    ok: true,
    pair: { ...nobodyTyped, side: 'b', a: undefined, b: own, organisation: undefined },
  }
}

function checkType(
  type: BondType,
  pair: Pair,
  facts: Facts,
): Extract<Decision<BondRefusal>, { ok: false }> | undefined {
  if (pair.organisation === undefined) return undefined
  const obstacle = obstacleFor(type, pair.organisation)
  if (obstacle !== undefined) return refuse('bond/type-not-allowed', 'B4', { obstacle })
  if (type !== 'sole_trader' || !facts.complete) return undefined
  const owner =
    pair.typed?.nationalId ?? (pair.a === undefined ? undefined : facts.get('person', pair.a)?.nationalId)
  return ownsFirm(owner?.value, pair.organisation.regNo?.key) ? undefined : refuse('bond/not-your-firm', 'B4')
}

/** A sole trader's firm has its owner's number; the century is not part of it. */
function ownsFirm(number: string | undefined, regNoKey: string | undefined): boolean {
  return (
    number !== undefined &&
    regNoKey !== undefined &&
    number.slice(-10) === regNoKey.replace(/\D/g, '').slice(-10)
  )
}

function checkOthers(
  request: ProposeRequest,
  pair: Pair,
  facts: Facts,
): Extract<Decision<BondRefusal>, { ok: false }> | undefined {
  if (pair.a === undefined || pair.b === undefined) return undefined
  const { type } = request.input
  const earlier = facts.find('bond', 'a', pair.a).filter((bond) => bond.b === pair.b && bond.type === type)
  const open = earlier.find(isOpen)
  if (open !== undefined) {
    if (open.state === 'proposed' && open.proposedBy === otherSide(pair.side)) {
      return refuse('bond/asked-by-other', 'B6', { bond: open.id })
    }
    return refuse('bond/exists', 'B5', { bond: open.id, state: open.state })
  }
  for (const bond of earlier) {
    if (bond.state !== 'declined' || bond.proposedBy !== pair.side) continue
    const until = addDays(dayOf(bond.answeredAt), blockDays)
    if (request.today < until) return refuse('bond/blocked', 'B8', { until })
  }
  return undefined
}

function proposal(
  request: ProposeRequest,
  pair: Pair,
  a: string,
  b: string,
  facts: Facts,
): readonly Change[] {
  const { input, now, today } = request
  const proposed: Change = {
    type: 'bondProposed',
    kind: 'bond',
    id: input.id,
    bondType: input.type,
    a,
    b,
    by: pair.side,
    at: now,
    expiresOn: addDays(today, requestDays),
    typed: pair.typed,
    note: cleanText(input.note, 500),
    follows: null,
  }
  const offered = input.type === 'billing' && pair.side === 'b' && hasStandingRelation(a, b, facts)
  if (!offered) return [proposed]
  return [proposed, { type: 'bondConfirmed', kind: 'bond', id: input.id, at: now, validFrom: today }]
}
