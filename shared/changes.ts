import type { BondChange } from './bonds/changes.ts'
import { evolveBond } from './bonds/evolve.ts'
import type { Bond } from './bonds/model.ts'
import type { PartyChange } from './parties/changes.ts'
import { evolveParty } from './parties/evolve.ts'
import type { Account, Organisation, Person, StaffRole } from './parties/model.ts'
import { evolvePayer, type PayerChange, type PayerChoice, type PayerException } from './payers/model.ts'
import type { RecordKind, Records } from './records.ts'

/** What happened, of every feature. The journal is a list of these, and the tables equal its replay. */
export type Change = PartyChange | BondChange | PayerChange

export function evolve(record: Records[RecordKind] | undefined, change: Change): Records[RecordKind] {
  switch (change.kind) {
    case 'bond':
      return evolveBond(record as Bond | undefined, change)
    case 'payerChoice':
    case 'payerException':
      return evolvePayer(record as PayerChoice | PayerException | undefined, change)
    case 'person':
    case 'organisation':
    case 'account':
    case 'staffRole':
      return evolveParty(record as Person | Organisation | Account | StaffRole | undefined, change)
  }
}
