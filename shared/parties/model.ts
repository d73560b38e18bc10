import type { NationalId } from '../identity/national-id.ts'
import type { RegNo } from '../identity/reg-no.ts'
import type { Day, Instant } from '../kernel/time.ts'

export interface PostalAddress {
  readonly street: string
  readonly zip: string
  readonly city: string
  readonly country: string
}

export interface ContactDetails extends PostalAddress {
  readonly email: string
  readonly phone: string
}

/** A human being. One who has only been named in somebody's request is not `known`: number, nothing else. */
export interface Person {
  readonly id: string
  readonly rev: number
  readonly known: boolean
  readonly name: string
  readonly nationalId: NationalId | null
  readonly contact: ContactDetails | null
  /** Protected identity: no address, phone or e-mail leaves the house, and only direct counterparties see that the person exists. */
  readonly protectedIdentity: boolean
}

export const organisationKinds = [
  'register_operator',
  'broker_organisation',
  'brokerage',
  'securities_firm',
  'insurer',
  'sole_trader',
  'employer',
  'broker_house',
  'tax_adviser',
  'municipality_employer',
  'municipality',
  'state_agency',
  'processor',
  'pension_provider',
  'disclosing_authority',
] as const
export type OrganisationKind = (typeof organisationKinds)[number]

/** CU Företagsanvändare, AF Företagsansluten, BO Förmedlarorganisation (seed 000, lines 55–64). */
export const tiers = ['CU', 'AF', 'BO'] as const
export type Tier = (typeof tiers)[number]

export interface Organisation {
  readonly id: string
  readonly rev: number
  readonly name: string
  readonly kind: OrganisationKind
  readonly regNo: RegNo | null
  /** None = the organisation has no agreement with the register, and acts only in other parts of the house. */
  readonly tier: Tier | null
  readonly address: PostalAddress | null
  /** Id of the person. */
  readonly contactPerson: string | null
  readonly contactEmail: string
  readonly contactPhone: string
  readonly agreement: { readonly version: string; readonly acceptedOn: Day } | null
  /** What the organisation itself wrote when it applied; shown read-only (IS-19). */
  readonly submitted: readonly { readonly field: SubmittedField; readonly value: string }[]
}

export const submittedFields = [
  'name',
  'regNo',
  'street',
  'zip',
  'city',
  'contact',
  'email',
  'phone',
  'permit',
] as const
export type SubmittedField = (typeof submittedFields)[number]

/** A person's way in. One account, one person (FO-24, KL-4). */
export interface Account {
  readonly id: string
  readonly rev: number
  readonly person: string
  readonly email: string
  readonly locale: string
  readonly state: 'active' | 'closed'
}

/** That an account may act for an organisation. */
export interface StaffRole {
  readonly id: string
  readonly rev: number
  readonly account: string
  readonly party: string
  readonly administrator: boolean
  /** What the person does there: contact person, case handler, … (KL-17). */
  readonly title: string
  readonly state: 'active' | 'removed'
  readonly removedBy: string | null
  readonly removedAt: Instant | null
}
