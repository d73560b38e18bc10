import type { Instant } from '../kernel/time.ts'
import type { Account, Organisation, Person, StaffRole } from './model.ts'

/** What happened to a party, past tense. Each touches one record. */
export type PartyChange =
  | {
      readonly type: 'personEntered'
      readonly kind: 'person'
      readonly id: string
      readonly person: Omit<Person, 'id' | 'rev'>
    }
  | {
      readonly type: 'organisationEntered'
      readonly kind: 'organisation'
      readonly id: string
      readonly organisation: Omit<Organisation, 'id' | 'rev'>
    }
  | {
      readonly type: 'accountOpened'
      readonly kind: 'account'
      readonly id: string
      readonly account: Omit<Account, 'id' | 'rev'>
    }
  | {
      readonly type: 'accountLocaleChosen'
      readonly kind: 'account'
      readonly id: string
      readonly locale: string
    }
  | {
      readonly type: 'staffRoleGranted'
      readonly kind: 'staffRole'
      readonly id: string
      readonly staffRole: Pick<StaffRole, 'account' | 'party' | 'administrator' | 'title'>
    }
  | {
      readonly type: 'staffRoleRemoved'
      readonly kind: 'staffRole'
      readonly id: string
      readonly by: string
      readonly at: Instant
    }
