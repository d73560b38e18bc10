import { reachOf } from '../access/rights.ts'
import { isStanding, type Bond } from '../bonds/model.ts'
import type { Facts } from '../kernel/facts.ts'
import type { Day } from '../kernel/time.ts'
import { organisationOf, resolvePayer } from '../payers/resolve-payer.ts'
import type { BillingEntry } from './entries.ts'
import { seenByOthers } from './seen-by-others.ts'

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
  const person = personOf(bond, facts, stands(bond, facts) || bond.state === 'proposed')
  if (!isStanding(bond)) return { ...base, bond, person, takenOverBy: null, used: false }
  const resolution = resolvePayer(bond.a, '*', today, facts)
  const route = bond.follows === null ? undefined : resolution.candidates.find((one) => one.bond === bond.id)
  const takenOver = route?.via === bond.b ? facts.get('organisation', route.payer) : undefined
  return {
    ...base,
    bond: { ...bond, typed: null },
    person,
    takenOverBy: takenOver === undefined ? null : { id: takenOver.id, name: takenOver.name },
    used: resolution.bond === bond.id,
  }
}

/** The same bond, in the list of the organisation that has taken over the company's payments. */
function routedRow(organisation: string, bond: Bond, facts: Facts, today: Day): BillingEntry | undefined {
  if (!isStanding(bond) || organisationOf(bond.b, facts) !== organisation) return undefined
  if (reachOf(facts.get('organisation', organisation)?.tier ?? null, 'payers.read') !== 'under')
    return undefined
  const resolution = resolvePayer(bond.a, '*', today, facts)
  const route = resolution.candidates.find((one) => one.bond === bond.id && one.payer === organisation)
  const company = facts.get('organisation', bond.b)
  // A protected identity is counted, but not named to an organisation that is no direct counterparty (V6).
  const person = personOf(bond, facts, true)
  if (route === undefined || company === undefined) return undefined
  // Who is billed directly by the organisation stands in its own list, and is not counted twice (IS-100).
  if (resolution.candidates.some((one) => one.direct && one.payer === organisation)) return undefined
  return {
    kind: 'billing',
    id: bond.id,
    rev: bond.rev,
    bond: person?.protectedIdentity === true ? { ...seenByOthers(bond), a: '' } : seenByOthers(bond),
    person: person?.protectedIdentity === true ? { ...person, name: '', nationalId: null } : person,
    via: { id: company.id, name: company.name },
    takenOverBy: null,
    used: resolution.bond === bond.id,
  }
}

/** What is frozen gives nothing; the name is left, so that the row can be recognised (B40). */
function personOf(bond: Bond, facts: Facts, withNumber: boolean): BillingEntry['person'] {
  const person = facts.get('person', bond.a)
  if (person === undefined) return null
  const { name, nationalId, protectedIdentity } = person
  return { name, nationalId: withNumber ? nationalId : null, protectedIdentity }
}

/** A payment that follows from an employment freezes with it (P8). */
function stands(bond: Bond, facts: Facts): boolean {
  if (!isStanding(bond)) return false
  const employment = bond.follows === null ? bond : facts.get('bond', bond.follows)
  return employment !== undefined && isStanding(employment)
}

function shows(bond: Bond): boolean {
  if (bond.state === 'withdrawn' || bond.state === 'ended') return false
  return bond.state === 'declined' || bond.state === 'expired' ? bond.proposedBy === 'b' : true
}
