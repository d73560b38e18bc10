import { rolesOf } from '../access/actor.ts'
import { reachOf } from '../access/rights.ts'
import { organisationsOf } from '../access/visibility.ts'
import { broughtByYes } from '../bonds/brought-by-yes.ts'
import { isStanding, type Bond } from '../bonds/model.ts'
import { isRelation } from '../bonds/relations.ts'
import { factsAfter } from '../kernel/facts-after.ts'
import type { Facts } from '../kernel/facts.ts'
import type { Day } from '../kernel/time.ts'
import { feeKinds } from '../payers/model.ts'
import { resolvePayer, type Resolution } from '../payers/resolve-payer.ts'
import { namesOf, organisationCard } from './cards.ts'
import type {
  AccountEntry,
  BondPreview,
  OwnBondEntry,
  OwnPayerEntry,
  RoleEntry,
  SeenCategory,
} from './entries.ts'

/** me/<account>: what is the person's own. */
export function accountEntry(account: string, facts: Facts): AccountEntry | undefined {
  const record = facts.get('account', account)
  const person = record === undefined ? undefined : facts.get('person', record.person)
  if (record === undefined || person === undefined) return undefined
  const { name, nationalId, contact } = person
  const rev = record.rev + person.rev
  return {
    kind: 'account',
    id: account,
    rev,
    person: person.id,
    name,
    nationalId,
    contact,
    email: record.email,
    locale: record.locale,
  }
}

export function roleEntry(account: string, party: string, facts: Facts): RoleEntry | undefined {
  const role = rolesOf(account, facts).find((candidate) => candidate.party === party)
  if (role === undefined) return undefined
  const { name, kind, tier, rights } = role
  return { kind: 'role', id: party, rev: 1, name, roleKind: kind, tier, rights }
}

export function ownBondEntry(person: string, id: string, facts: Facts, today: Day): OwnBondEntry | undefined {
  const bond = facts.get('bond', id)
  if (bond === undefined || bond.a !== person || bond.type === 'org_membership') return undefined
  const waitsForMe = bond.state === 'proposed' && bond.proposedBy !== 'a'
  return {
    kind: 'own',
    id,
    rev: bond.rev,
    bond,
    other: organisationCard(bond.b, facts),
    preview: waitsForMe ? previewOf(bond, facts, today) : null,
    seers: isStanding(bond) ? seersOf(bond, facts) : [],
  }
}

/** What would follow from a yes, by the same rules that would decide it (IS-56, IS-114, X-34). */
export function previewOf(bond: Bond, facts: Facts, today: Day): BondPreview {
  // A yes given now would be the newest there is, also of those given earlier today; and the day alone must decide (D1).
  const now = `${today}T23:59:59.999Z`
  const after = factsAfter(facts, broughtByYes(bond, { now, today, mint: () => 'preview' }, facts))
  const before = resolvePayer(bond.a, '*', today, facts)
  const then = resolvePayer(bond.a, '*', today, after)
  const names = namesOf([before.payer, then.payer, then.via ?? ''], facts)
  return {
    seers: seersOf(bond, facts),
    payerNow: { payer: before.payer, name: names[before.payer] ?? '' },
    payerThen: {
      payer: then.payer,
      name: names[then.payer] ?? '',
      via: then.via === null ? null : (names[then.via] ?? ''),
    },
  }
}

/** Every organisation that sees the person through this bond, and what (IS-114). */
function seersOf(bond: Bond, facts: Facts): BondPreview['seers'] {
  if (!isRelation(bond)) return []
  const through =
    facts.get('person', bond.a)?.protectedIdentity === true || bond.type === 'member'
      ? []
      : organisationsOf(bond.b, facts)
  const seers: BondPreview['seers'][number][] = []
  for (const organisation of [bond.b, ...through]) {
    const record = facts.get('organisation', organisation)
    if (record === undefined) continue
    const reaches = organisation === bond.b ? ['yes', 'under'] : ['under']
    const sees: SeenCategory[] = []
    for (const [category, right] of categories) {
      if (reaches.includes(reachOf(record.tier, right))) sees.push(category)
    }
    seers.push({ organisation, name: record.name, sees })
  }
  return seers
}

const categories = [
  ['contact', 'contacts.read'],
  ['status', 'person.status'],
  ['licence', 'person.licence'],
  ['booking', 'person.booking'],
  ['documents', 'person.documents'],
] as const

export function ownPayerEntry(person: string, facts: Facts, today: Day): OwnPayerEntry | undefined {
  if (facts.get('person', person) === undefined) return undefined
  const all = resolvePayer(person, '*', today, facts)
  const byFee = feeKinds
    .map((feeKind) => ({ feeKind, resolution: resolvePayer(person, feeKind, today, facts) }))
    .filter(({ resolution }) => !sameAnswer(resolution, all))
  const choices = facts.find('payerChoice', 'person', person)
  const mentioned = new Set<string>()
  for (const resolution of [all, ...byFee.map((fee) => fee.resolution)]) {
    mentioned.add(resolution.payer)
    for (const candidate of resolution.candidates) {
      mentioned.add(candidate.payer)
      if (candidate.via !== null) mentioned.add(candidate.via)
    }
  }
  return {
    kind: 'payer',
    id: person,
    rev: choices.reduce((sum, choice) => sum + choice.rev, 1),
    all,
    byFee,
    names: namesOf(mentioned, facts),
    chosen: choices.map(({ feeKind, payer }) => ({ feeKind, payer })),
  }
}

function sameAnswer(one: Resolution, other: Resolution): boolean {
  return one.payer === other.payer && one.rule === other.rule && one.via === other.via
}
