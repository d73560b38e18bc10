import type { Organisation, OrganisationKind, Tier } from '../parties/model.ts'
import { bondTypes, type BondType, type PersonBondType, type Side } from './model.ts'

/** Why a type cannot be used by an organisation; each has its own words on the screen (t:rel.kind.…). */
export type TypeObstacle =
  | 'securities-firm'
  | 'insurer'
  | 'sole-trader'
  | 'broker-organisation'
  | 'not-company-user'

interface BondTypeRule {
  /** What side a is. Side b is always an organisation. */
  readonly a: 'person' | 'organisation'
  /** The kinds of organisation that may be side b; absent = any that has an agreement with the register. */
  readonly only?: { readonly kind: OrganisationKind; readonly obstacle: TypeObstacle }
  readonly proposers: readonly Side[]
}

/** IS-57a–f, one line each. */
export const bondTypeRules: Readonly<Record<BondType, BondTypeRule>> = {
  employed: { a: 'person', proposers: ['a', 'b'] },
  tied_agent: {
    a: 'person',
    proposers: ['a', 'b'],
    only: { kind: 'securities_firm', obstacle: 'securities-firm' },
  },
  tied_intermediary: { a: 'person', proposers: ['a', 'b'], only: { kind: 'insurer', obstacle: 'insurer' } },
  sole_trader: { a: 'person', proposers: ['a', 'b'], only: { kind: 'sole_trader', obstacle: 'sole-trader' } },
  member: {
    a: 'person',
    proposers: ['a', 'b'],
    only: { kind: 'broker_organisation', obstacle: 'broker-organisation' },
  },
  other: { a: 'person', proposers: ['a', 'b'] },
  billing: { a: 'person', proposers: ['a', 'b'] },
  org_membership: {
    a: 'organisation',
    proposers: ['a', 'b'],
    only: { kind: 'broker_organisation', obstacle: 'broker-organisation' },
  },
}

/** What keeps this organisation from being side b of such a bond, or undefined. */
export function obstacleFor(
  type: BondType,
  organisation: { readonly kind: OrganisationKind; readonly tier: Tier | null },
): TypeObstacle | undefined {
  if (organisation.tier === null) return 'not-company-user'
  const only = bondTypeRules[type].only
  return only !== undefined && organisation.kind !== only.kind ? only.obstacle : undefined
}

/** What an organisation can choose from under "Skapa ny kontakt", with the reason where it cannot. */
export function allowedTypes(
  organisation: Pick<Organisation, 'kind' | 'tier'>,
): readonly { readonly type: PersonBondType; readonly obstacle: TypeObstacle | undefined }[] {
  return bondTypes
    .filter((type): type is PersonBondType => type !== 'org_membership' && type !== 'billing')
    .map((type) => ({ type, obstacle: obstacleFor(type, organisation) }))
}

/** Kinds of company that can belong to a broker organisation (seed 000, lines 111–120). */
export function canBeMemberCompany(company: {
  readonly kind: OrganisationKind
  readonly tier: Tier | null
}): boolean {
  return company.tier === 'CU' || company.tier === 'AF'
}
