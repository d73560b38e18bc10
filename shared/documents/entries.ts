import type { Right } from '../access/rights.ts'
import type { Bond } from '../bonds/model.ts'
import type { NationalId } from '../identity/national-id.ts'
import type { RegNo } from '../identity/reg-no.ts'
import type { ContactDetails, Organisation, OrganisationKind, Tier } from '../parties/model.ts'
import type { FeeKind } from '../payers/model.ts'
import type { Resolution } from '../payers/resolve-payer.ts'

/**
 * What stands in documents: map `entries`, key `kind:opaque-id`, value one JSON string of one of these.
 * Whoever may open a document may see all of it; so each field here is a promise about its audience.
 */
export interface AccountEntry {
  readonly kind: 'account'
  readonly id: string
  readonly rev: number
  readonly person: string
  readonly name: string
  readonly nationalId: NationalId | null
  readonly contact: ContactDetails | null
  readonly email: string
  readonly locale: string
}

export interface RoleEntry {
  readonly kind: 'role'
  readonly id: string
  readonly rev: number
  readonly name: string
  readonly roleKind: 'person' | OrganisationKind
  readonly tier: Tier | null
  readonly rights: readonly Right[]
}

/** An organisation as anyone may know it. */
export interface OrganisationCard {
  readonly id: string
  readonly name: string
  readonly regNo: RegNo | null
  readonly kind: OrganisationKind
  readonly tier: Tier | null
  /** False = nobody acts for it here yet: a request waits until somebody does (t:company.nouser). */
  readonly hasUser: boolean
}

/** A person as an employer or principal may see: name, number, contact details (IS-41, IS-44). */
export interface PersonCard {
  readonly id: string
  readonly name: string
  readonly nationalId: NationalId | null
  /** Null when the person's identity is protected, or nothing is known. */
  readonly contact: ContactDetails | null
  readonly protectedIdentity: boolean
}

/** Who would see what, and who would pay, were this confirmed (IS-56, IS-114, X-34). */
export interface BondPreview {
  readonly seers: readonly {
    readonly organisation: string
    readonly name: string
    readonly sees: readonly SeenCategory[]
  }[]
  readonly payerNow: { readonly payer: string; readonly name: string }
  /** `via`: the name of the company the payment goes through. */
  readonly payerThen: { readonly payer: string; readonly name: string; readonly via: string | null }
}
export type SeenCategory = 'contact' | 'status' | 'licence' | 'booking' | 'documents'

/** me/<account>: a bond of the person's own, in any state. */
export interface OwnBondEntry {
  readonly kind: 'own'
  readonly id: string
  readonly rev: number
  readonly bond: Bond
  readonly other: OrganisationCard
  /** While it waits for the person's answer. */
  readonly preview: BondPreview | null
  /** Organisations that see the person through this bond, and what. */
  readonly seers: BondPreview['seers']
}

/** me/<account>: who pays for me, why, and what else I could choose. */
export interface OwnPayerEntry {
  readonly kind: 'payer'
  readonly id: string
  readonly rev: number
  readonly all: Resolution
  readonly byFee: readonly { readonly feeKind: FeeKind; readonly resolution: Resolution }[]
  /** Names of the parties mentioned in the resolutions, by id. */
  readonly names: Readonly<Record<string, string>>
  readonly chosen: readonly { readonly feeKind: FeeKind | '*'; readonly payer: string }[]
}

/** org/<id>/base: the organisation itself (Översikt). */
export interface OrganisationEntry {
  readonly kind: 'organisation'
  readonly id: string
  readonly rev: number
  readonly name: string
  readonly regNo: RegNo | null
  readonly organisationKind: OrganisationKind
  readonly tier: Tier | null
  readonly address: Organisation['address']
  readonly contact: { readonly name: string; readonly email: string; readonly phone: string } | null
  readonly agreement: Organisation['agreement']
  readonly submitted: Organisation['submitted']
}

/** org/<id>/base: a membership, seen from either side. */
export interface MembershipEntry {
  readonly kind: 'membership'
  readonly id: string
  readonly rev: number
  readonly bond: Bond
  /** The organisation, seen from the company; the company, seen from the organisation. */
  readonly other: OrganisationCard
  /** How many people it concerns. */
  readonly persons: number
}

/** org/<id>/contacts: a relation of this organisation's own. */
export interface ContactEntry {
  readonly kind: 'contact'
  readonly id: string
  readonly rev: number
  readonly bond: Bond
  /** After both have said yes; until then only `bond.typed`, or, when the person asked, name and number. */
  readonly person: PersonCard | null
}

/** org/<id>/contacts of a broker organisation: a person it sees through a member company. */
export interface ViaEntry {
  readonly kind: 'via'
  readonly id: string
  readonly rev: number
  readonly bond: Bond
  readonly company: { readonly id: string; readonly name: string }
  readonly person: PersonCard
}

/** org/<id>/payers: somebody this organisation pays for, has offered to pay for, or is asked to pay for. */
export interface BillingEntry {
  readonly kind: 'billing'
  readonly id: string
  readonly rev: number
  /** The billing bond; of a via row, the company's. */
  readonly bond: Bond
  readonly person: {
    readonly name: string
    readonly nationalId: NationalId | null
    readonly protectedIdentity: boolean
  } | null
  /** Direct, or through a member company (then never removable here, IS-105). */
  readonly via: { readonly id: string; readonly name: string } | null
  /** The company's own row, whose payment its organisation has taken over (IS-99); not counted as the company's. */
  readonly takenOverBy: { readonly id: string; readonly name: string } | null
  /** False = "(används ej)": the person chose otherwise; never whom. */
  readonly used: boolean
}

export type Entry =
  | AccountEntry
  | RoleEntry
  | OwnBondEntry
  | OwnPayerEntry
  | OrganisationEntry
  | MembershipEntry
  | ContactEntry
  | ViaEntry
  | BillingEntry
