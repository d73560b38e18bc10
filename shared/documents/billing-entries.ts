import { isStanding, type Bond } from '../bonds/model.ts'
import type { Facts } from '../kernel/facts.ts'
import type { Day } from '../kernel/time.ts'
import { organisationOf, resolvePayer } from '../payers/resolve-payer.ts'
import type { BillingEntry } from './entries.ts'

/** org/<id>/payers: a person this organisation pays for, offers to, or is asked to. Name and number, nothing else (V7). */
export function billingEntry(
  organisation: string,
  id: string,
  facts: Facts,
  today: Day,
): BillingEntry | undefined {
  const bond = facts.get('bond', id)
  if (bond === undefined || bond.type !== 'billing') return undefined
  if (bond.b === organisation) return ownRow(bond, facts, today)
  return bond.follows === null ? undefined : routedRow(organisation, bond, facts, today)
}

function ownRow(bond: Bond, facts: Facts, today: Day): BillingEntry | undefined {
  if (!shows(bond)) return undefined
  const unanswered = bond.proposedBy === 'b' && !isStanding(bond) && bond.state !== 'frozen'
  const base = { kind: 'billing' as const, id: bond.id, rev: bond.rev, via: null }
  // An offer shows what was typed until the person has said yes: the payer learns nothing about a stranger.
  if (unanswered) return { ...base, bond: { ...bond, a: '' }, person: null, takenOverBy: null, used: false }
  const person = personOf(bond, facts)
  if (!isStanding(bond)) return { ...base, bond, person, takenOverBy: null, used: false }
  const resolution = resolvePayer(bond.a, '*', today, facts)
  const route = bond.follows === null ? undefined : resolution.candidates.find((one) => one.bond === bond.id)
  const takenOver = route?.via === bond.b ? facts.get('organisation', route.payer) : undefined
  return {
    ...base,
    bond,
    person,
    takenOverBy: takenOver === undefined ? null : { id: takenOver.id, name: takenOver.name },
    used: resolution.bond === bond.id,
  }
}

/** The same bond, in the list of the organisation that has taken over the company's payments. */
function routedRow(organisation: string, bond: Bond, facts: Facts, today: Day): BillingEntry | undefined {
  if (!isStanding(bond) || organisationOf(bond.b, facts) !== organisation) return undefined
  const resolution = resolvePayer(bond.a, '*', today, facts)
  const route = resolution.candidates.find((one) => one.bond === bond.id && one.payer === organisation)
  const company = facts.get('organisation', bond.b)
  if (route === undefined || company === undefined) return undefined
  // Who is billed directly by the organisation stands in its own list, and is not counted twice (IS-100).
  if (resolution.candidates.some((one) => one.direct && one.payer === organisation)) return undefined
  return {
    kind: 'billing',
    id: bond.id,
    rev: bond.rev,
    bond: { ...bond, typed: null, note: '' },
    person: personOf(bond, facts),
    via: { id: company.id, name: company.name },
    takenOverBy: null,
    used: resolution.bond === bond.id,
  }
}

/** A protected identity is counted but not named to an organisation that is no direct counterparty (V6). */
function personOf(bond: Bond, facts: Facts): BillingEntry['person'] {
  const person = facts.get('person', bond.a)
  if (person === undefined) return null
  const { name, nationalId, protectedIdentity } = person
  if (protectedIdentity) return { name: '', nationalId: null, protectedIdentity }
  return { name, nationalId, protectedIdentity }
}

function shows(bond: Bond): boolean {
  if (bond.state === 'withdrawn' || bond.state === 'ended') return false
  return bond.state === 'declined' || bond.state === 'expired' ? bond.proposedBy === 'b' : true
}
