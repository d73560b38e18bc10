import { personBondTypes, type Bond } from '#shared/bonds/model.ts'
import { must } from '#shared/kernel/must.ts'
import { addDays, daysBetween, type Day, type Instant } from '#shared/kernel/time.ts'
import { tellBond, type BondStory } from './bond-history.ts'
import { demoId } from './demo-id.ts'
import { inTimeOrder, type Happening } from './history.ts'
import { worldBonds, worldChoices, type WorldBond } from './world-bonds.ts'
import { readWorld, type World } from './world-file.ts'
import { enterParties, nameOf, numberOf } from './world-parties.ts'

/** When the register began to keep its parties here; all bonds are younger. */
const firstDay: Day = '2022-01-10'
/** When, in the same agreement as the membership of 2025-01-15, Gruvfors kept its test fees. */
const exceptionDay: Day = '2025-01-15'

/** The demo world as its history, every day counted from `d0`; the same for the same day, id by id. */
export function demoWorld(d0: Day): readonly Happening[] {
  const world = readWorld()
  const shift = daysBetween(world.D0, d0)
  const on = (day: Day, time: string): Instant => `${addDays(day, shift)}T${time}Z`
  return inTimeOrder([
    ...enterParties(world, on(firstDay, '07:00:00.000'), d0),
    ...worldBonds.flatMap((bond) => tellBond(storyOf(world, bond, on, d0))),
    ...worldChoices.map(({ person, payer, on: day }) => choose(person, payer, on(day, '12:00:00.000'))),
    {
      at: on(exceptionDay, '13:30:00.000'),
      change: {
        type: 'payerExceptionAgreed',
        kind: 'payerException',
        id: demoId('exception C-GRUV test'),
        exception: {
          organisation: demoId('ORG-FYR'),
          company: demoId('C-GRUV'),
          feeKind: 'test',
          payer: 'company',
          validFrom: addDays(exceptionDay, shift),
          validTo: null,
        },
      },
    },
  ])
}

/** Asked in the morning, answered in the afternoon, ended in the evening. */
function storyOf(world: World, bond: WorldBond, on: (day: Day, time: string) => Instant, d0: Day): BondStory {
  const key = `${bond.type} ${bond.a} ${bond.b}`
  return {
    id: demoId(key),
    type: bond.type,
    a: demoId(bond.a),
    b: demoId(bond.b),
    by: bond.by,
    typed: typedOf(world, bond, d0),
    asked: on(bond.asked, '08:30:00.000'),
    ...(bond.confirmed === undefined ? {} : { confirmed: on(bond.confirmed, '13:15:00.000') }),
    ...(bond.declined === undefined ? {} : { declined: on(bond.declined, '13:40:00.000') }),
    ...(bond.withdrawn === undefined ? {} : { withdrawn: on(bond.withdrawn, '14:05:00.000') }),
    ...(bond.ended === undefined
      ? {}
      : { ended: { at: on(bond.ended.on, '16:20:00.000'), by: bond.ended.by, reason: bond.ended.reason } }),
    ...(bond.pays === undefined ? {} : { payment: demoId(`payment ${key}`) }),
  }
}

/** An organisation asks by name and number, and that is what it sees until the answer; a person picks an organisation. */
function typedOf(world: World, bond: WorldBond, today: Day): Bond['typed'] {
  const ofPerson: readonly string[] = [...personBondTypes, 'billing']
  if (bond.by === 'a' || !ofPerson.includes(bond.type)) return null
  const person = must(
    world.persons.find(({ key }) => key === bond.a),
    bond.a,
  )
  return { name: nameOf(person), nationalId: numberOf(person, today) }
}

function choose(personKey: string, payer: string, at: Instant): Happening {
  const person = demoId(personKey)
  return {
    at,
    change: {
      type: 'payerChosen',
      kind: 'payerChoice',
      id: `${person}:*`,
      person,
      feeKind: '*',
      payer: payer === 'self' ? payer : demoId(payer),
      at,
    },
  }
}
