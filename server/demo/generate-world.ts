import { must } from '#shared/kernel/must.ts'
import type { Day } from '#shared/kernel/time.ts'
import { tellBond } from './bond-history.ts'
import { demoId } from './demo-id.ts'
import { seededChance } from './generated/chance.ts'
import { clockOf } from './generated/clock.ts'
import { tellMemberships } from './generated/memberships.ts'
import { generateBroker, generateCompany, generatePersons, generateStaff } from './generated/parties.ts'
import { drawRelations, tellPayments, tellRelation } from './generated/relations.ts'
import { companySizes, sizeOf } from './generated/sizes.ts'
import { inTimeOrder, type Happening } from './history.ts'

/** Parties are older than every bond. */
const entered = 1_600
/** So many of the largest companies have somebody who can sign in (`c1@example.test` …); every broker organisation has. */
const companiesWithStaff = 20

export interface GeneratedWorldOptions {
  readonly seed: number
  /** How many persons. */
  readonly contacts: number
  readonly d0: Day
  /** Instead of a world: one affiliated company with exactly this many employees, signed in to as `c1@example.test`. */
  readonly oneCompany?: number
}

/**
 * A large world as its history, for tests and benchmarks: the same for the same seed, with the shares of demo-world.md §5.6.
 * `bo1@example.test` signs in to the broker organisation with the widest reach: 2 300 people of 5 000, 21 000 of 50 000.
 */
export function generateWorld(options: GeneratedWorldOptions): Iterable<Happening> {
  const { seed, contacts, d0, oneCompany } = options
  return oneCompany === undefined ? largeWorld(seed, contacts, d0) : companyWorld(seed, oneCompany, d0)
}

function largeWorld(seed: number, contacts: number, d0: Day): readonly Happening[] {
  const chance = seededChance(seed)
  const clock = clockOf(d0)
  const at = clock.ago(entered)
  const size = sizeOf(contacts)
  const sizes = companySizes(contacts, size, chance)
  const companies = sizes.map((_, n) => generateCompany(seed, n, at, chance))
  const brokers = Array.from({ length: size.brokers }, (_, n) => generateBroker(seed, n, at))
  const people = generatePersons(seed, contacts + size.brokers, at, chance)
  const persons = people.persons.slice(0, contacts)
  const brokerStaff = people.persons.slice(contacts)

  const companyOrganisations = companies.map(({ organisation }) => organisation)
  const brokerOrganisations = brokers.map(({ organisation }) => organisation)
  const homes = sizes.flatMap((count, n) =>
    Array.from({ length: count }, () => must(companyOrganisations[n], 'company')),
  )
  const relationsOf = persons.map((person, n) =>
    drawRelations(seed, person, must(homes[n], 'home'), companyOrganisations, brokerOrganisations, chance),
  )
  const relations = relationsOf.flat()
  const staffed = companyOrganisations.slice(0, companiesWithStaff)
  return inTimeOrder([
    ...companies.map(({ happening }) => happening),
    ...brokers.map(({ happening }) => happening),
    ...people.happenings,
    ...brokerOrganisations.flatMap((broker, n) =>
      generateStaff(seed, must(brokerStaff[n], 'staff'), broker, at),
    ),
    ...staffed.flatMap((company) =>
      generateStaff(seed, must(persons[homes.indexOf(company)], 'staff'), company, at),
    ),
    ...tellMemberships(seed, companyOrganisations, brokerOrganisations, relations, size.reach, clock, chance),
    ...relations.flatMap((relation) => tellRelation(seed, relation, clock, chance)),
    ...relationsOf.flatMap((ofPerson) => tellPayments(seed, ofPerson, clock, chance)),
  ])
}

function companyWorld(seed: number, employees: number, d0: Day): readonly Happening[] {
  const chance = seededChance(seed)
  const clock = clockOf(d0)
  const at = clock.ago(entered)
  const { organisation, happening } = generateCompany(seed, 0, at, chance)
  const { persons, happenings } = generatePersons(seed, employees, at, chance)
  const first = must(persons[0], 'an employee')
  return inTimeOrder([
    happening,
    ...happenings,
    ...generateStaff(seed, first, organisation, at),
    ...persons.flatMap((person) => {
      const days = 100 + chance.below(1_400)
      return tellBond({
        id: demoId(`${seed} relation ${person.id}`),
        type: 'employed',
        a: person.id,
        b: organisation.id,
        by: 'b',
        typed: { name: person.name, nationalId: person.nationalId },
        asked: clock.ago(days),
        confirmed: clock.ago(days, 3),
        payment: demoId(`${seed} payment ${person.id}`),
      })
    }),
  ])
}
