import type { Actor } from '#shared/access/actor.ts'
import { systemActor } from '#shared/access/actor.ts'
import type { Change } from '#shared/changes.ts'
import { parseNationalId } from '#shared/identity/national-id.ts'
import { parseRegNo } from '#shared/identity/reg-no.ts'
import { must } from '#shared/kernel/must.ts'
import type { OrganisationKind, Tier } from '#shared/parties/model.ts'

/** A small house: two broker organisations' worth of trouble in few parties, so that they meet often. */
export interface SimulatedPerson {
  readonly key: string
  /** Their id; like all that is theirs it carries `Zq` and their number, so that it is found wherever it goes. */
  readonly id: string
  readonly number: string
  readonly account: string | null
}

export interface SimulatedOrganisation {
  readonly id: string
  readonly name: string
  readonly kind: OrganisationKind
  readonly tier: Tier | null
  readonly regNo: string
}

const accounts = 6
const everybody = 10
/** Nobody acts for this one's identity but the person: protected. */
export const protectedPerson = 5

export const persons: readonly SimulatedPerson[] = Array.from({ length: everybody }, (_, n) => {
  const key = String(n).padStart(2, '0')
  return {
    key,
    id: `Zq${key}i`,
    number: withCheckDigit(`19640823${String(200 + n * 7)}`),
    account: n < accounts ? `account-${key}` : null,
  }
})
/** One whom nobody knows until somebody names the number. */
export const unknownNumbers: readonly string[] = [
  withCheckDigit('19640823901'),
  withCheckDigit('19640823902'),
]

export const organisations: readonly SimulatedOrganisation[] = [
  { id: 'o-bo', name: 'Fyren', kind: 'broker_organisation', tier: 'BO', regNo: regNo('559990001') },
  { id: 'o-af', name: 'Gran', kind: 'brokerage', tier: 'AF', regNo: regNo('559990002') },
  { id: 'o-cu', name: 'Tall', kind: 'employer', tier: 'CU', regNo: regNo('559990003') },
  { id: 'o-sec', name: 'Ek', kind: 'securities_firm', tier: 'AF', regNo: regNo('559990004') },
  { id: 'o-op', name: 'Kansliet', kind: 'register_operator', tier: null, regNo: regNo('559990005') },
]

/** Who works where; the first of each organisation administers. */
export const staff: readonly {
  readonly id: string
  readonly person: number
  readonly party: string
  readonly administrator: boolean
}[] = [
  { id: role(1), person: 0, party: 'o-bo', administrator: true },
  { id: role(2), person: 1, party: 'o-bo', administrator: true },
  { id: role(3), person: 1, party: 'o-af', administrator: true },
  { id: role(4), person: 2, party: 'o-af', administrator: true },
  { id: role(5), person: 3, party: 'o-cu', administrator: true },
  { id: role(6), person: 4, party: 'o-op', administrator: true },
  { id: role(7), person: 4, party: 'o-sec', administrator: true },
  { id: role(8), person: 5, party: 'o-cu', administrator: false },
]

export const users = persons.slice(0, accounts)

function role(n: number): string {
  return `00000000-0000-4000-8000-00000000000${n}`
}

/** Everybody as entered, and what they have already agreed, each act by whose act it was. */
export function historyOf(
  at: string,
): readonly { readonly actor: Actor; readonly changes: readonly Change[] }[] {
  const entered: Change[] = [
    ...organisations.map((one): Change => ({
      type: 'organisationEntered',
      kind: 'organisation',
      id: one.id,
      organisation: {
        name: one.name,
        kind: one.kind,
        tier: one.tier,
        address: null,
        contactPerson: null,
        regNo: (() => {
          const parsed = parseRegNo('SE', one.regNo, '2026-11-23')
          return must(parsed.ok ? parsed.regNo : null, one.regNo)
        })(),
        contactEmail: '',
        contactPhone: '',
        agreement: null,
        submitted: [],
      },
    })),
    ...persons.flatMap((one, n): Change[] => enter(one, n)),
    ...staff.map(({ id, person, party, administrator }): Change => ({
      type: 'staffRoleGranted',
      kind: 'staffRole',
      id,
      staffRole: { account: `account-${persons[person]!.key}`, party, administrator, title: '' },
    })),
  ]
  return [
    { actor: systemActor, changes: entered },
    ...agree('org_membership', 'o-af', 'o-bo', at, 11),
    ...agree('employed', persons[2]!.id, 'o-af', at, 12),
    ...agree('employed', persons[6]!.id, 'o-af', at, 13),
    ...agree('employed', persons[protectedPerson]!.id, 'o-cu', at, 14),
    ...agree('billing', persons[2]!.id, 'o-bo', at, 15),
  ]
}

function enter({ key, id, number, account }: SimulatedPerson, n: number): Change[] {
  const nationalId = (() => {
    const parsed = parseNationalId('SE', number, '2026-11-23')
    return must(parsed.ok ? parsed.id : null, number)
  })()
  const contact = {
    street: `Zq${key}a 4`,
    zip: '12345',
    city: 'Ort',
    country: 'SE',
    email: `Zq${key}e@example.test`,
    phone: `Zq${key}t`,
  }
  const entered: Change = {
    type: 'personEntered',
    kind: 'person',
    id,
    person: { known: true, name: `Zq${key}n`, nationalId, contact, protectedIdentity: n === protectedPerson },
  }
  if (account === null) return [entered]
  const opened = { person: id, email: `zq${key}l@example.test`, locale: 'sv', state: 'active' as const }
  return [entered, { type: 'accountOpened', kind: 'account', id: account, account: opened }]
}

function agree(
  bondType: 'employed' | 'org_membership' | 'billing',
  a: string,
  b: string,
  at: string,
  n: number,
) {
  const id = `00000000-0000-4000-9000-0000000000${n}`
  const acting = (party: string): Actor => ({ ...systemActor, role: { ...systemActor.role, party } })
  const proposed: Change = {
    type: 'bondProposed',
    kind: 'bond',
    id,
    bondType,
    a,
    b,
    by: 'a',
    at,
    expiresOn: '2027-01-01',
    typed: null,
    note: '',
    follows: null,
  }
  const confirmed: Change = { type: 'bondConfirmed', kind: 'bond', id, at, validFrom: '2026-11-01' }
  return [
    { actor: acting(a), changes: [proposed] },
    { actor: acting(b), changes: [confirmed] },
  ]
}

/** Luhn over the last nine of the digits given. */
function withCheckDigit(digits: string): string {
  let sum = 0
  for (const [at, digit] of Array.from(digits.slice(-9)).entries()) {
    const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return `${digits}${(10 - (sum % 10)) % 10}`
}

function regNo(digits: string): string {
  return withCheckDigit(digits)
}
