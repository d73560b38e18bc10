import type { BondType, Side } from '#shared/bonds/model.ts'
import type { Day } from '#shared/kernel/time.ts'

/** A bond of the demo in the file's own keys and days; each day as the file counts, before the shift to today. */
export interface WorldBond {
  readonly type: BondType
  readonly a: string
  readonly b: string
  readonly by: Side
  readonly asked: Day
  readonly confirmed?: Day
  readonly declined?: Day
  readonly withdrawn?: Day
  readonly ended?: { readonly on: Day; readonly by: Side; readonly reason: string }
  /** Confirming it also made the company the payer. */
  readonly pays?: true
}

/** Companies and the organisations they belong to. */
const memberships: readonly WorldBond[] = [
  {
    type: 'org_membership',
    a: 'C-GRAN',
    b: 'ORG-FYR',
    by: 'a',
    asked: '2023-01-25',
    confirmed: '2023-02-01',
  },
  {
    type: 'org_membership',
    a: 'C-EK',
    b: 'ORG-FYR',
    by: 'b',
    asked: '2024-03-04',
    confirmed: '2024-03-11',
    ended: { on: '2026-10-31', by: 'b', reason: 'Uppsagt av organisationen' },
  },
  {
    type: 'org_membership',
    a: 'C-GRUV',
    b: 'ORG-FYR',
    by: 'a',
    asked: '2025-01-09',
    confirmed: '2025-01-15',
  },
  { type: 'org_membership', a: 'C-NORR', b: 'ORG-KOM', by: 'b', asked: '2026-11-17' },
  { type: 'org_membership', a: 'C-TALL', b: 'ORG-FYR', by: 'a', asked: '2026-11-19' },
]

/** Employments that stand, and the billing bond that followed from each. */
const employments: readonly WorldBond[] = [
  employment('P01', 'C-GRAN', '2022-09-05'),
  employment('P02', 'C-GRAN', '2023-03-14'),
  employment('P03', 'C-GRAN', '2025-08-18'),
  employment('P04', 'C-GRAN', '2023-04-17'),
  employment('P05', 'C-GRAN', '2026-02-02'),
  employment('P07', 'C-TALL', '2022-10-10'),
  employment('P08', 'C-TALL', '2026-05-04'),
  employment('P11', 'C-SJO', '2022-08-22'),
  employment('P13', 'C-BJORK', '2023-01-09'),
  employment('P16', 'C-LIV', '2022-06-13'),
  employment('P17', 'C-NORR', '2024-02-19'),
  employment('P18', 'C-EK', '2024-01-15'),
  employment('P19', 'C-EK', '2026-08-03'),
  employment('P20', 'C-GRUV', '2023-11-06'),
  employment('P21', 'C-GRUV', '2025-03-24'),
  {
    ...employment('P10', 'C-TALL', '2024-04-08'),
    ended: { on: '2026-11-15', by: 'b', reason: 'Anställningen har upphört' },
  },
]

/** Other relations that stand. */
const relations: readonly WorldBond[] = [
  { type: 'other', a: 'P12', b: 'C-SJO', by: 'b', asked: '2024-09-02', confirmed: '2024-09-04' },
  { type: 'tied_agent', a: 'P14', b: 'C-BJORK', by: 'b', asked: '2025-01-20', confirmed: '2025-01-22' },
  { type: 'tied_intermediary', a: 'P15', b: 'C-LIV', by: 'b', asked: '2024-05-13', confirmed: '2024-05-15' },
  { type: 'member', a: 'P22', b: 'ORG-FYR', by: 'b', asked: '2023-10-02', confirmed: '2023-10-05' },
  { type: 'sole_trader', a: 'P24', b: 'C-STRAND', by: 'a', asked: '2023-05-08', confirmed: '2023-05-08' },
]

/** Payers who said yes to a person directly. */
const payers: readonly WorldBond[] = [
  { type: 'billing', a: 'P05', b: 'ORG-FYR', by: 'b', asked: '2026-03-02', confirmed: '2026-03-04' },
  { type: 'billing', a: 'P12', b: 'C-SJO', by: 'b', asked: '2024-09-05', confirmed: '2024-09-05' },
  { type: 'billing', a: 'P12', b: 'C-NORR', by: 'a', asked: '2025-02-10', confirmed: '2025-02-14' },
  { type: 'billing', a: 'P15', b: 'C-LIV', by: 'a', asked: '2024-05-20', confirmed: '2024-05-27' },
  { type: 'billing', a: 'P22', b: 'ORG-FYR', by: 'b', asked: '2023-10-05', confirmed: '2023-10-05' },
  { type: 'billing', a: 'P26', b: 'ORG-FYR', by: 'b', asked: '2025-11-03', confirmed: '2025-11-06' },
]

/** What waits for an answer, in both directions, and what was answered with no or taken back. */
const questions: readonly WorldBond[] = [
  // 88 days before D0: lapses in two days.
  { type: 'other', a: 'P25', b: 'C-BJORK', by: 'b', asked: '2026-08-27' },
  { type: 'employed', a: 'P26', b: 'C-TALL', by: 'b', asked: '2026-11-04', declined: '2026-11-10' },
  { type: 'employed', a: 'P27', b: 'C-GRAN', by: 'b', asked: '2026-11-05', withdrawn: '2026-11-12' },
  { type: 'billing', a: 'P14', b: 'C-BJORK', by: 'a', asked: '2026-11-16' },
  { type: 'employed', a: 'P06', b: 'C-GRAN', by: 'b', asked: '2026-11-20' },
  { type: 'member', a: 'P23', b: 'ORG-FYR', by: 'b', asked: '2026-11-21' },
  { type: 'employed', a: 'P09', b: 'C-TALL', by: 'a', asked: '2026-11-22' },
  { type: 'billing', a: 'P09', b: 'C-TALL', by: 'a', asked: '2026-11-22' },
]

export const worldBonds: readonly WorldBond[] = [
  ...memberships,
  ...employments,
  ...relations,
  ...payers,
  ...questions,
]

/** Which payer a person chose, for all fees. */
export const worldChoices: readonly { readonly person: string; readonly payer: string; readonly on: Day }[] =
  [
    { person: 'P12', payer: 'C-SJO', on: '2025-02-17' },
    { person: 'P14', payer: 'self', on: '2025-01-27' },
    { person: 'P26', payer: 'self', on: '2025-11-10' },
  ]

/** Asked by the company and confirmed by the person the same day. */
function employment(person: string, company: string, on: Day): WorldBond {
  return { type: 'employed', a: person, b: company, by: 'b', asked: on, confirmed: on, pays: true }
}
