import type { NationalId } from '../identity/national-id.ts'
import type { Day, Instant } from '../kernel/time.ts'

/** Person and organisation. */
export const personBondTypes = [
  'employed',
  'tied_agent',
  'tied_intermediary',
  'sole_trader',
  'member',
  'other',
] as const
export type PersonBondType = (typeof personBondTypes)[number]

export const bondTypes = [...personBondTypes, 'org_membership', 'billing'] as const
export type BondType = (typeof bondTypes)[number]

/** `a` is the person, or the company that belongs to an organisation; `b` is the organisation, or the payer. */
export type Side = 'a' | 'b'

interface BondBase {
  readonly id: string
  readonly rev: number
  readonly type: BondType
  readonly a: string
  readonly b: string
  readonly proposedBy: Side | 'operator'
  readonly proposedAt: Instant
  /** What the proposer typed of the other; all a proposer sees until the other has said yes. */
  readonly typed: { readonly name: string; readonly nationalId: NationalId | null } | null
  readonly note: string
  /** A billing bond that followed from an employment names it; it is then a route, not a direct bond (IS-43, IS-92). */
  readonly follows: string | null
}

/** The handshake: two parties, proposed → confirmed → ended, or declined, withdrawn, expired. Never one side alone. */
export type Bond = BondBase &
  (
    | { readonly state: 'proposed'; readonly expiresOn: Day }
    | { readonly state: 'confirmed'; readonly answeredAt: Instant; readonly validFrom: Day }
    | {
        readonly state: 'ending'
        readonly answeredAt: Instant
        readonly validFrom: Day
        readonly validTo: Day
        readonly endedBy: Side | 'operator'
        readonly endReason: string
      }
    | {
        readonly state: 'frozen'
        readonly answeredAt: Instant
        readonly validFrom: Day
        readonly frozenAt: Instant
        readonly frozenReason: string
        /** An end that was set before the freeze still stands after it. */
        readonly end: {
          readonly validTo: Day
          readonly endedBy: Side | 'operator'
          readonly endReason: string
        } | null
      }
    | {
        readonly state: 'ended'
        readonly answeredAt: Instant
        readonly validFrom: Day
        readonly validTo: Day
        readonly endedBy: Side | 'operator'
        readonly endReason: string
        readonly endedAt: Instant
      }
    | { readonly state: 'declined'; readonly answeredAt: Instant }
    | { readonly state: 'withdrawn'; readonly withdrawnAt: Instant }
    | { readonly state: 'expired'; readonly expiredAt: Instant }
  )

export type BondState = Bond['state']

/** Both have said yes and it stands today: the only state in which data flows. */
export function isStanding(bond: Bond): bond is Extract<Bond, { state: 'confirmed' | 'ending' }> {
  return bond.state === 'confirmed' || bond.state === 'ending'
}

export function isOpen(
  bond: Bond,
): bond is Extract<Bond, { state: 'proposed' | 'confirmed' | 'ending' | 'frozen' }> {
  return isStanding(bond) || bond.state === 'proposed' || bond.state === 'frozen'
}

export function sideOf(bond: Bond, party: string): Side | undefined {
  return bond.a === party ? 'a' : bond.b === party ? 'b' : undefined
}

export function otherSide(side: Side): Side {
  return side === 'a' ? 'b' : 'a'
}
