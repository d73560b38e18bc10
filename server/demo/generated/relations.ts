import type { BondType, Side } from '#shared/bonds/model.ts'
import { must } from '#shared/kernel/must.ts'
import { tellBond, type BondStory } from '../bond-history.ts'
import { demoId } from '../demo-id.ts'
import type { Happening } from '../history.ts'
import type { Chance } from './chance.ts'
import type { Clock } from './clock.ts'
import type { GeneratedOrganisation, GeneratedPerson } from './parties.ts'

/** How generated relations stand (demo world §5.6), and how many a person has. */
export const stateShares = {
  confirmed: 0.86,
  proposed: 0.03,
  ended: 0.08,
  declined: 0.01,
  withdrawn: 0.01,
  expired: 0.01,
} as const
export const countShares = { one: 0.8, two: 0.15, three: 0.05 } as const
type State = keyof typeof stateShares

export interface GeneratedRelation {
  readonly id: string
  readonly person: GeneratedPerson
  readonly organisation: GeneratedOrganisation
  readonly type: BondType
  readonly state: State
  readonly by: Side
}

export function drawState(chance: Chance): State {
  let draw = chance.next()
  for (const [state, share] of Object.entries(stateShares)) {
    if (draw < share) return state as State
    draw -= share
  }
  return 'confirmed'
}

/** The person's relations: one with the company it sits in, sometimes more with others. */
export function drawRelations(
  seed: number,
  person: GeneratedPerson,
  home: GeneratedOrganisation,
  companies: readonly GeneratedOrganisation[],
  brokers: readonly GeneratedOrganisation[],
  chance: Chance,
): readonly GeneratedRelation[] {
  const draw = chance.next()
  const wanted = draw < countShares.one ? 1 : draw < countShares.one + countShares.two ? 2 : 3
  const organisations = [home]
  for (let tries = 0; organisations.length < wanted && tries < 20; tries++) {
    const other = chance.hits(0.15) ? chance.pick(brokers) : chance.pick(companies)
    if (!organisations.includes(other)) organisations.push(other)
  }
  return organisations.map((organisation, n) => ({
    id: demoId(`${seed} relation ${person.id} ${organisation.id}`),
    person,
    organisation,
    type: drawType(organisation, n === 0, chance),
    state: drawState(chance),
    by: chance.hits(0.5) ? ('a' as const) : ('b' as const),
  }))
}

function drawType(organisation: GeneratedOrganisation, first: boolean, chance: Chance): BondType {
  const { kind } = organisation
  if (kind === 'broker_organisation') return 'member'
  if (kind === 'securities_firm' && chance.hits(0.3)) return 'tied_agent'
  if (kind === 'insurer' && chance.hits(0.3)) return 'tied_intermediary'
  return chance.hits(first ? 0.93 : 0.5) ? 'employed' : 'other'
}

/** The relation's history; of an employment, with the payment that followed. */
export function tellRelation(
  seed: number,
  relation: GeneratedRelation,
  clock: Clock,
  chance: Chance,
): readonly Happening[] {
  const { id, person, organisation, type, by, state } = relation
  const typed = by === 'b' ? { name: person.name, nationalId: person.nationalId } : null
  const story = { id, type, a: person.id, b: organisation.id, by, typed }
  const payment = type === 'employed' ? { payment: demoId(`${seed} payment ${id}`) } : {}
  return tellBond({ ...story, ...payment, ...courseOf(state, clock, chance) })
}

/** When what happened: an open question is younger than 90 days, a lapsed one was asked before that. */
function courseOf(
  state: State,
  clock: Clock,
  chance: Chance,
): Pick<BondStory, 'asked' | 'confirmed' | 'declined' | 'withdrawn' | 'expired' | 'ended'> {
  if (state === 'proposed') return { asked: clock.ago(1 + chance.below(88)) }
  const days = 120 + chance.below(1_300)
  const asked = clock.ago(days)
  const answered = clock.ago(days - chance.below(20), 3)
  switch (state) {
    case 'confirmed':
      return { asked, confirmed: answered }
    case 'ended': {
      const by = chance.hits(0.6) ? 'b' : 'a'
      return {
        asked,
        confirmed: answered,
        ended: { at: clock.ago(1 + chance.below(90), 6), by, reason: 'Har slutat' },
      }
    }
    case 'declined':
      return { asked, declined: answered }
    case 'withdrawn':
      return { asked, withdrawn: answered }
    case 'expired':
      return { asked, expired: clock.ago(days - 90, 6) }
  }
}

/** Offers and requests of payment beside the employments, and what persons chose among those who pay for them. */
export function tellPayments(
  seed: number,
  relations: readonly GeneratedRelation[],
  clock: Clock,
  chance: Chance,
): readonly Happening[] {
  const told: Happening[] = []
  const payers: string[] = []
  for (const { id, type, state, person, organisation } of relations) {
    if (state !== 'confirmed') continue
    if (type === 'employed') payers.push(organisation.id)
    else if (chance.hits(0.5)) {
      const waits = chance.hits(0.06)
      if (!waits) payers.push(organisation.id)
      const course = waits
        ? { asked: clock.ago(1 + chance.below(80)) }
        : { asked: clock.ago(95), confirmed: clock.ago(92, 2) }
      const bond = {
        id: demoId(`${seed} billing ${id}`),
        type: 'billing' as const,
        a: person.id,
        b: organisation.id,
      }
      told.push(...tellBond({ ...bond, by: 'a', typed: null, ...course }))
    }
  }
  const person = relations[0]?.person.id
  if (person !== undefined && payers.length > 0 && chance.hits(0.04)) {
    const payer = chance.hits(0.4) ? 'self' : must(chance.pick(payers), 'payer')
    const at = clock.ago(1 + chance.below(80), 9)
    told.push({
      at,
      change: {
        type: 'payerChosen',
        kind: 'payerChoice',
        id: `${person}:*`,
        person,
        feeKind: '*',
        payer,
        at,
      },
    })
  }
  return told
}
