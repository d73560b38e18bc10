import type { Change } from '#shared/changes.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import { must } from '#shared/kernel/must.ts'
import { accountOf, id, now } from '../demo-parties.ts'
import type { Cast } from './cast.ts'
import { pick, type Step } from './steps.ts'

/** A change of a party from outside the commands (imports, the office): a new name, protection, another tier, a role given or taken. */
export function partyChange(
  { what, who, which, other }: Step,
  facts: Facts,
  salt: string,
  cast: Cast,
): Change | undefined {
  const person = must(facts.get('person', id(pick(cast.persons, who))), 'person')
  const organisation = must(facts.get('organisation', id(pick(cast.organisations, who))), 'organisation')
  const { id: _id, rev: _rev, ...asPerson } = person
  const { id: _id2, rev: _rev2, ...asOrganisation } = organisation
  switch (what % 6) {
    case 0:
      return enter(person.id, { ...asPerson, name: `${person.name.split(' ~')[0] ?? ''} ~${salt}` })
    case 1:
      return enter(person.id, { ...asPerson, protectedIdentity: !person.protectedIdentity })
    case 2: {
      const name = `${organisation.name.split(' ~')[0] ?? ''} ~${salt}`
      return {
        type: 'organisationEntered',
        kind: 'organisation',
        id: organisation.id,
        organisation: { ...asOrganisation, name },
      }
    }
    case 3: {
      const tier = which % 3 === 0 ? 'CU' : organisation.kind === 'broker_organisation' ? 'BO' : 'AF'
      return {
        type: 'organisationEntered',
        kind: 'organisation',
        id: organisation.id,
        organisation: { ...asOrganisation, tier },
      }
    }
    case 4: {
      const account = accountOf(pick(cast.persons, other))
      const staffRole = { account, party: organisation.id, administrator: which % 2 === 0, title: '' }
      return { type: 'staffRoleGranted', kind: 'staffRole', id: id(`role ${salt}`), staffRole }
    }
    default: {
      const speaker = accountOf(must(cast.speakers[pick(cast.organisations, who)], 'speaker'))
      const roles = facts
        .find('staffRole', 'party', organisation.id)
        .filter((role) => role.account !== speaker)
      const role = roles[which % Math.max(roles.length, 1)]
      return role === undefined
        ? undefined
        : { type: 'staffRoleRemoved', kind: 'staffRole', id: role.id, by: speaker, at: now }
    }
  }
}

function enter(person: string, record: Extract<Change, { type: 'personEntered' }>['person']): Change {
  return { type: 'personEntered', kind: 'person', id: person, person: record }
}
