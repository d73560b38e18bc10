import type { Day, Instant } from '../kernel/time.ts'
import type { Bond, BondType, Side } from './model.ts'

interface OfBond {
  readonly kind: 'bond'
  readonly id: string
}

export type BondChange =
  | (OfBond & {
      readonly type: 'bondProposed'
      readonly bondType: BondType
      readonly a: string
      readonly b: string
      readonly by: Side | 'operator'
      readonly at: Instant
      readonly expiresOn: Day
      readonly typed: Bond['typed']
      readonly note: string
      readonly follows: string | null
    })
  | (OfBond & { readonly type: 'bondConfirmed'; readonly at: Instant; readonly validFrom: Day })
  | (OfBond & { readonly type: 'bondDeclined'; readonly at: Instant })
  | (OfBond & { readonly type: 'bondWithdrawn'; readonly at: Instant })
  | (OfBond & { readonly type: 'bondExpired'; readonly at: Instant })
  | (OfBond & {
      readonly type: 'bondEndSet'
      readonly validTo: Day
      readonly by: Side | 'operator'
      readonly reason: string
    })
  | (OfBond & { readonly type: 'bondEndCancelled' })
  | (OfBond & {
      readonly type: 'bondEnded'
      readonly at: Instant
      readonly validTo: Day
      readonly by: Side | 'operator'
      readonly reason: string
    })
  | (OfBond & { readonly type: 'bondFrozen'; readonly at: Instant; readonly reason: string })
  | (OfBond & { readonly type: 'bondUnfrozen' })
