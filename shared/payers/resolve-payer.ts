import { isStanding, type Bond } from '../bonds/model.ts'
import type { Facts } from '../kernel/facts.ts'
import type { Day } from '../kernel/time.ts'
import type { FeeKind, PayerException } from './model.ts'

/** Somebody who has said yes to paying for a person. */
export interface PayerCandidate {
  readonly payer: string
  /** The billing bond that carries the yes. */
  readonly bond: string
  readonly direct: boolean
  /** The member company the route goes through; null when it does not. */
  readonly via: string | null
  readonly since: string
}

/** Who pays, by which rule, and everyone else who could: all a "Varför?" needs. `payer` is an id, or 'self'. */
export interface Resolution {
  readonly payer: string
  readonly rule: 'P1' | 'P2' | 'P3' | 'P4' | 'P5'
  readonly bond: string | null
  readonly via: string | null
  readonly candidates: readonly PayerCandidate[]
}

/**
 * Who pays a fee of this kind for a person today (model §2.4, resolvePayer). `feeKind` '*' answers for fees without a rule of
 * their own. Deterministic: the same facts give the same answer on a phone and on the server. SPEC P1–P9.
 */
export function resolvePayer(person: string, feeKind: FeeKind | '*', today: Day, facts: Facts): Resolution {
  const candidates = candidatesFor(person, feeKind, today, facts)
  const answer = (rule: Resolution['rule'], chosen: PayerCandidate | undefined): Resolution => ({
    payer: chosen?.payer ?? 'self',
    rule,
    bond: chosen?.bond ?? null,
    via: chosen?.via ?? null,
    candidates,
  })

  for (const choice of choicesFor(person, feeKind, facts)) {
    if (choice === 'self') return answer('P1', undefined)
    const chosen = candidates.find((candidate) => candidate.payer === choice)
    if (chosen !== undefined) return answer('P1', chosen)
  }

  const direct = candidates.filter((candidate) => candidate.direct)
  const alsoRouted = direct.find((candidate) =>
    candidates.some((other) => !other.direct && other.via !== null && other.payer === candidate.payer),
  )
  if (alsoRouted !== undefined) return answer('P2', alsoRouted)
  if (direct[0] !== undefined) return answer('P3', direct[0])
  const route = candidates.find((candidate) => !candidate.direct && candidate.payer !== 'self')
  if (route !== undefined) return answer('P4', route)
  return answer('P5', undefined)
}

/** Newest direct yes first, then routes, oldest employment first. A direct bond is also the first of its payer's candidates. */
function candidatesFor(
  person: string,
  feeKind: FeeKind | '*',
  today: Day,
  facts: Facts,
): readonly PayerCandidate[] {
  const billing = facts
    .find('bond', 'a', person)
    .filter((bond) => bond.type === 'billing' && isStanding(bond))
  const direct: PayerCandidate[] = []
  const routes: PayerCandidate[] = []
  for (const bond of billing) {
    if (!isStanding(bond) || bond.validFrom > today) continue
    if (bond.follows === null) {
      direct.push({ payer: bond.b, bond: bond.id, direct: true, via: null, since: bond.answeredAt })
    } else if (standsStill(bond.follows, facts)) {
      routes.push(routeOf(bond, feeKind, today, facts))
    }
  }
  direct.sort((one, other) => (one.since < other.since ? 1 : one.since > other.since ? -1 : byId(one, other)))
  routes.sort((one, other) => (one.since < other.since ? -1 : one.since > other.since ? 1 : byId(one, other)))
  return [...direct, ...routes.filter((route) => route.payer !== 'self')]
}

/** A route lives and freezes with the employment it follows from (P8). */
function standsStill(employment: string, facts: Facts): boolean {
  const bond = facts.get('bond', employment)
  return bond === undefined ? !facts.complete : isStanding(bond)
}

function byId(one: PayerCandidate, other: PayerCandidate): number {
  return one.bond < other.bond ? -1 : 1
}

/** Where the payment that followed from an employment goes: the company, or the organisation it belongs to, or nowhere. */
function routeOf(
  bond: Extract<Bond, { state: 'confirmed' | 'ending' }>,
  feeKind: FeeKind | '*',
  today: Day,
  facts: Facts,
): PayerCandidate {
  const company = bond.b
  const own: PayerCandidate = {
    payer: company,
    bond: bond.id,
    direct: false,
    via: null,
    since: bond.answeredAt,
  }
  const organisation = organisationOf(company, facts)
  if (organisation === undefined) return own
  const exception = exceptionFor(organisation, company, feeKind, today, facts)
  if (exception === undefined || exception.payer === 'organisation') {
    return { ...own, payer: organisation, via: company }
  }
  return exception.payer === 'person' ? { ...own, payer: 'self' } : own
}

/** The broker organisation that has taken over a company's payments; the earliest when several have (P6). */
export function organisationOf(company: string, facts: Facts): string | undefined {
  let earliest: Extract<Bond, { state: 'confirmed' | 'ending' }> | undefined
  for (const bond of facts.find('bond', 'a', company)) {
    if (bond.type !== 'org_membership' || !isStanding(bond)) continue
    if (earliest === undefined || isBefore(bond, earliest)) earliest = bond
  }
  return earliest?.b
}

function isBefore(
  one: { readonly answeredAt: string; readonly id: string },
  other: { readonly answeredAt: string; readonly id: string },
): boolean {
  return one.answeredAt === other.answeredAt ? one.id < other.id : one.answeredAt < other.answeredAt
}

/** The most specific agreed exception wins: company before all, fee kind before all (X-31, P7). */
function exceptionFor(
  organisation: string,
  company: string,
  feeKind: FeeKind | '*',
  today: Day,
  facts: Facts,
): PayerException | undefined {
  let best: PayerException | undefined
  let bestWeight = -1
  for (const exception of facts.find('payerException', 'organisation', organisation)) {
    if (exception.company !== '*' && exception.company !== company) continue
    if (exception.feeKind !== '*' && exception.feeKind !== feeKind) continue
    if (exception.validFrom > today || (exception.validTo !== null && exception.validTo < today)) continue
    const weight = (exception.company === '*' ? 0 : 2) + (exception.feeKind === '*' ? 0 : 1)
    const newer = best !== undefined && weight === bestWeight && isNewer(exception, best)
    if (weight > bestWeight || newer) {
      best = exception
      bestWeight = weight
    }
  }
  return best
}

/** Of two that say as much the later agreed goes before. */
function isNewer(one: PayerException, other: PayerException): boolean {
  return one.validFrom === other.validFrom ? one.id > other.id : one.validFrom > other.validFrom
}

/** A choice for this kind of fee goes before a choice for all; one that names somebody no longer willing is passed over. */
function choicesFor(person: string, feeKind: FeeKind | '*', facts: Facts): readonly string[] {
  const choices = facts.find('payerChoice', 'person', person)
  const specific = choices.filter((choice) => choice.feeKind === feeKind && feeKind !== '*')
  return [...specific, ...choices.filter((choice) => choice.feeKind === '*')].map((choice) => choice.payer)
}
