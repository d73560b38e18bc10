import { must } from '../kernel/must.ts'
import type { PartyChange } from './changes.ts'
import type { Account, Organisation, Person, StaffRole } from './model.ts'

type Party = Person | Organisation | Account | StaffRole

/** The record after the change. `rev` counts the changes of this record. */
export function evolveParty(record: Party | undefined, change: PartyChange): Party {
  const rev = (record?.rev ?? 0) + 1
  switch (change.type) {
    case 'personEntered':
      return { ...change.person, id: change.id, rev }
    case 'organisationEntered':
      return { ...change.organisation, id: change.id, rev }
    case 'accountOpened':
      return { ...change.account, id: change.id, rev }
    case 'accountLocaleChosen':
      return { ...(must(record, 'account') as Account), locale: change.locale, rev }
    case 'staffRoleGranted':
      return { ...change.staffRole, id: change.id, rev, state: 'active', removedBy: null, removedAt: null }
    case 'staffRoleRemoved':
      return {
        ...(must(record, 'staff role') as StaffRole),
        rev,
        state: 'removed',
        removedBy: change.by,
        removedAt: change.at,
      }
  }
}
