import { isOpen, type Bond } from './bonds/model.ts'
import type { Account, Organisation, Person, StaffRole } from './parties/model.ts'
import type { PayerChoice, PayerException } from './payers/model.ts'

/** Every kind of record the tables hold. Tables are the truth; everything else is computed from these. */
export interface Records {
  readonly person: Person
  readonly organisation: Organisation
  readonly account: Account
  readonly staffRole: StaffRole
  readonly bond: Bond
  readonly payerChoice: PayerChoice
  readonly payerException: PayerException
}

export type RecordKind = keyof Records

/** The columns each table is searched by, and how a record fills them; null = the record is not found there. */
export const columns = {
  person: { nationalId: (person: Person) => person.nationalId?.key ?? null },
  organisation: { regNo: (organisation: Organisation) => organisation.regNo?.key ?? null },
  account: { person: (account: Account) => account.person, email: (account: Account) => account.email },
  staffRole: { account: (role: StaffRole) => role.account, party: (role: StaffRole) => role.party },
  bond: {
    a: (bond: Bond) => bond.a,
    b: (bond: Bond) => bond.b,
    /** Open requests by the day they lapse, and set ends by their day, for the daily round. */
    due: (bond: Bond) =>
      bond.state === 'proposed' ? bond.expiresOn : bond.state === 'ending' ? bond.validTo : null,
  },
  payerChoice: { person: (choice: PayerChoice) => choice.person },
  payerException: { organisation: (exception: PayerException) => exception.organisation },
} as const satisfies { [K in RecordKind]: Record<string, (record: Records[K]) => string | null> }

/** Columns no record is searched by; constraints of the tables need them. */
export const guards = {
  bond: {
    type: (bond: Bond) => bond.type,
    /** Between the same two only one of a type may be open, whoever is quickest (B5): 1 for it, and null, equal to nothing, for others. */
    slot: (bond: Bond) => (isOpen(bond) ? 1 : null),
  },
} as const satisfies { [K in RecordKind]?: Record<string, (record: Records[K]) => string | number | null> }

export type Column<K extends RecordKind> = keyof (typeof columns)[K] & string
