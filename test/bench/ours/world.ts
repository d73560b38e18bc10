import { tellBond } from '#server/demo/bond-history.ts'
import { demoId } from '#server/demo/demo-id.ts'
import { seededChance } from '#server/demo/generated/chance.ts'
import {
  generateCompany,
  generatePersons,
  type GeneratedOrganisation,
  type GeneratedPerson,
} from '#server/demo/generated/parties.ts'
import type { Happening } from '#server/demo/history.ts'
import type { Day } from '#shared/kernel/time.ts'

/** How many of everything, and who works where; the same plan gives the same world in every process. */
export interface WorldPlan {
  readonly persons: number
  readonly companies: number
  /** So many persons, from the first, have an account. */
  readonly accounts: number
  /** [account, company]: the account acts for the company. */
  readonly staff: readonly (readonly [number, number])[]
  /** [person, company]: the person has asked the company for an employment. */
  readonly asked: readonly (readonly [number, number])[]
  /** [person, company]: employed there since long. */
  readonly employed: readonly (readonly [number, number])[]
}

export interface PlannedWorld {
  readonly persons: readonly GeneratedPerson[]
  readonly companies: readonly GeneratedOrganisation[]
  readonly accounts: readonly string[]
  /** The ids of the bonds in `asked`. */
  readonly asked: readonly string[]
  readonly happenings: readonly Happening[]
}

export const emptyPlan: WorldPlan = {
  persons: 0,
  companies: 0,
  accounts: 0,
  staff: [],
  asked: [],
  employed: [],
}

const seed = 7
const at = '2022-01-10T07:00:00.000Z'
/** The calendar day of the bench. */
export const benchDay: Day = '2026-11-23'

/** A world of the demo's generated people and companies, with exactly the relations a measurement needs. */
export function planWorld(plan: WorldPlan): PlannedWorld {
  const chance = seededChance(seed)
  const made = Array.from({ length: plan.companies }, (_, n) => generateCompany(seed, n, at, chance))
  const companies = made.map(({ organisation }) => organisation)
  const { persons, happenings } = generatePersons(seed, plan.persons, at, chance)
  const accounts = persons.slice(0, plan.accounts).map((_, n) => demoId(`bench account ${n}`))
  const idOf = (list: readonly { readonly id: string }[], n: number) => list[n]?.id ?? ''
  const bondOf = ([person, company]: readonly [number, number], n: number) => ({
    id: demoId(`bench bond ${person} ${company} ${n}`),
    type: 'employed' as const,
    a: idOf(persons, person),
    b: idOf(companies, company),
    typed: null,
  })
  return {
    persons,
    companies,
    accounts,
    asked: plan.asked.map((pair, n) => bondOf(pair, n).id),
    happenings: [
      ...made.map(({ happening }) => happening),
      ...happenings,
      ...accounts.map((id, n): Happening => {
        const account = {
          person: idOf(persons, n),
          email: `b${n}@example.test`,
          locale: 'sv',
          state: 'active' as const,
        }
        return { at, change: { type: 'accountOpened', kind: 'account', id, account } }
      }),
      ...plan.staff.map(([account, company], n): Happening => {
        const staffRole = {
          account: accounts[account] ?? '',
          party: idOf(companies, company),
          administrator: true,
          title: 'Kontaktperson',
        }
        const id = demoId(`bench staff ${n}`)
        return { at, change: { type: 'staffRoleGranted', kind: 'staffRole', id, staffRole } }
      }),
      ...plan.asked.flatMap((pair, n) =>
        tellBond({ ...bondOf(pair, n), by: 'a', asked: '2026-11-20T08:00:00.000Z' }),
      ),
      ...plan.employed.flatMap((pair, n) => {
        const bond = bondOf(pair, n)
        return tellBond({
          ...bond,
          by: 'b',
          typed: { name: persons[pair[0]]?.name ?? '', nationalId: persons[pair[0]]?.nationalId ?? null },
          asked: '2024-02-01T08:00:00.000Z',
          confirmed: '2024-02-03T08:00:00.000Z',
          payment: demoId(`bench payment ${bond.id}`),
        })
      }),
    ],
  }
}
