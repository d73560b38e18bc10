import type { Day, Instant } from '../kernel/time.ts'

/** The kinds of fee that can have payers of their own (model §2.2 Charge). */
export const feeKinds = ['annual_licensed', 'annual_registered', 'admin', 'test', 'affiliation'] as const
export type FeeKind = (typeof feeKinds)[number]

/** Which of the payers that have said yes a person uses, for one kind of fee or for all ('*'). The person alone decides. */
export interface PayerChoice {
  /** `${person}:${feeKind}` */
  readonly id: string
  readonly rev: number
  readonly person: string
  readonly feeKind: FeeKind | '*'
  readonly payer: string
  readonly chosenAt: Instant
}

/** "Vissa avtalade undantag" (IS-12, X-31): what an organisation does not pay for its member companies' people. */
export interface PayerException {
  readonly id: string
  readonly rev: number
  readonly organisation: string
  /** '*' = every member company. */
  readonly company: string
  readonly feeKind: FeeKind | '*'
  readonly payer: 'company' | 'person' | 'organisation'
  readonly validFrom: Day
  readonly validTo: Day | null
}

export type PayerChange =
  | {
      readonly type: 'payerChosen'
      readonly kind: 'payerChoice'
      readonly id: string
      readonly person: string
      readonly feeKind: FeeKind | '*'
      readonly payer: string
      readonly at: Instant
    }
  | {
      readonly type: 'payerExceptionAgreed'
      readonly kind: 'payerException'
      readonly id: string
      readonly exception: Omit<PayerException, 'id' | 'rev'>
    }

export function evolvePayer(
  record: PayerChoice | PayerException | undefined,
  change: PayerChange,
): PayerChoice | PayerException {
  const rev = (record?.rev ?? 0) + 1
  switch (change.type) {
    case 'payerChosen': {
      const { id, person, feeKind, payer } = change
      return { id, rev, person, feeKind, payer, chosenAt: change.at }
    }
    case 'payerExceptionAgreed':
      return { ...change.exception, id: change.id, rev }
  }
}
