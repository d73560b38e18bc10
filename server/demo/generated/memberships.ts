import { must } from '#shared/kernel/must.ts'
import { tellBond } from '../bond-history.ts'
import { demoId } from '../demo-id.ts'
import type { Happening } from '../history.ts'
import type { Chance } from './chance.ts'
import type { Clock } from './clock.ts'
import type { GeneratedOrganisation } from './parties.ts'
import type { GeneratedRelation } from './relations.ts'

/**
 * Companies join broker organisations: the first organisation until it reaches as many people as wanted, the rest here and there,
 * some still asking, some gone again.
 */
export function tellMemberships(
  seed: number,
  companies: readonly GeneratedOrganisation[],
  brokers: readonly GeneratedOrganisation[],
  relations: readonly GeneratedRelation[],
  reach: number,
  clock: Clock,
  chance: Chance,
): readonly Happening[] {
  const first = must(brokers[0], 'a broker organisation')
  const seen = new Set(seenThrough(first, relations))
  const told: Happening[] = []
  const byCompany = Map.groupBy(relations, ({ organisation }) => organisation)
  // The largest company joins the largest organisation; after it nobody is so large that the reach jumps far beyond.
  for (const company of [...companies.slice(0, 1), ...chance.shuffled(companies.slice(1))]) {
    if (seen.size < reach) {
      for (const person of seenThrough(company, byCompany.get(company) ?? [])) seen.add(person)
      told.push(...membership(seed, company, first, 'confirmed', clock, chance))
    } else if (chance.hits(0.5) && brokers.length > 1) {
      const state = chance.hits(0.85) ? 'confirmed' : chance.hits(0.6) ? 'proposed' : 'ended'
      told.push(...membership(seed, company, chance.pick(brokers.slice(1)), state, clock, chance))
    }
  }
  return told
}

/** Who stands with it, and whose identity is not protected: the others stay unseen through a member company. */
function seenThrough(
  organisation: GeneratedOrganisation,
  relations: readonly GeneratedRelation[],
): readonly string[] {
  return relations
    .filter((relation) => relation.organisation === organisation && relation.state === 'confirmed')
    .filter(({ person }) => !person.protectedIdentity)
    .map(({ person }) => person.id)
}

function membership(
  seed: number,
  company: GeneratedOrganisation,
  broker: GeneratedOrganisation,
  state: 'confirmed' | 'proposed' | 'ended',
  clock: Clock,
  chance: Chance,
): readonly Happening[] {
  const days = 110 + chance.below(1_200)
  const bond = {
    id: demoId(`${seed} membership ${company.id} ${broker.id}`),
    type: 'org_membership' as const,
    a: company.id,
    b: broker.id,
    by: chance.hits(0.5) ? ('a' as const) : ('b' as const),
    typed: null,
  }
  if (state === 'proposed') return tellBond({ ...bond, asked: clock.ago(1 + chance.below(80)) })
  const ended = { at: clock.ago(1 + chance.below(60), 6), by: 'b' as const, reason: 'Uppsagt' }
  return tellBond({
    ...bond,
    asked: clock.ago(days),
    confirmed: clock.ago(days - 5, 2),
    ...(state === 'ended' ? { ended } : {}),
  })
}
