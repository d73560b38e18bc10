import { rolesOf } from '../access/actor.ts'
import { isStanding } from '../bonds/model.ts'
import { isRelation, isSeenThrough } from '../bonds/relations.ts'
import type { Facts } from '../kernel/facts.ts'
import type { Day } from '../kernel/time.ts'
import { membershipEntry, organisationEntry } from './base-entries.ts'
import { billingEntry } from './billing-entries.ts'
import { contactEntry, viaEntry } from './contact-entries.ts'
import type { Entry } from './entries.ts'
import { accountEntry, ownBondEntry, ownPayerEntry, roleEntry } from './my-entries.ts'
import { readDocumentName } from './names.ts'

/** The entry under a key of a document, as a pure function of the tables; undefined = nothing stands there. */
export function entryOf(document: string, key: string, facts: Facts, today: Day): Entry | undefined {
  const name = readDocumentName(document)
  const colon = key.indexOf(':')
  if (name === undefined || colon < 0) return undefined
  const kind = key.slice(0, colon)
  const id = key.slice(colon + 1)
  const { owner } = name
  switch (`${name.view} ${kind}`) {
    case 'me account':
      return id === owner ? accountEntry(owner, facts) : undefined
    case 'me role':
      return roleEntry(owner, id, facts)
    case 'me own': {
      const person = personOf(owner, facts)
      return person === undefined ? undefined : ownBondEntry(person, id, facts, today)
    }
    case 'me payer':
      return id === personOf(owner, facts) ? ownPayerEntry(id, facts, today) : undefined
    case 'base organisation':
      return id === owner ? organisationEntry(owner, facts) : undefined
    case 'base membership':
      return membershipEntry(owner, id, facts)
    case 'contacts contact':
      return contactEntry(owner, id, facts)
    case 'contacts via':
      return viaEntry(owner, id, facts)
    case 'payers billing':
      return billingEntry(owner, id, facts, today)
    default:
      return undefined
  }
}

function personOf(account: string, facts: Facts): string | undefined {
  return facts.get('account', account)?.person
}

/** Every key a document can have an entry under today: what a full rebuild walks over. */
export function keysOf(document: string, facts: Facts): readonly string[] {
  const name = readDocumentName(document)
  if (name === undefined) return []
  const { owner } = name
  switch (name.view) {
    case 'me':
      return keysOfMine(owner, facts)
    case 'base':
      return [
        `organisation:${owner}`,
        ...[...facts.find('bond', 'a', owner), ...facts.find('bond', 'b', owner)]
          .filter((bond) => bond.type === 'org_membership')
          .map((bond) => `membership:${bond.id}`),
      ]
    case 'contacts':
      return [
        ...facts
          .find('bond', 'b', owner)
          .filter(isRelation)
          .map((bond) => `contact:${bond.id}`),
        ...memberCompaniesOf(owner, facts).flatMap((company) =>
          facts
            .find('bond', 'b', company)
            .filter(isSeenThrough)
            .map((bond) => `via:${bond.id}`),
        ),
      ]
    case 'payers':
      return [owner, ...memberCompaniesOf(owner, facts)].flatMap((payer) =>
        facts
          .find('bond', 'b', payer)
          .filter((bond) => bond.type === 'billing' && (payer === owner || bond.follows !== null))
          .map((bond) => `billing:${bond.id}`),
      )
  }
}

function keysOfMine(account: string, facts: Facts): readonly string[] {
  const person = personOf(account, facts)
  if (person === undefined) return []
  return [
    `account:${account}`,
    ...rolesOf(account, facts).map((role) => `role:${role.party}`),
    ...facts.find('bond', 'a', person).map((bond) => `own:${bond.id}`),
    `payer:${person}`,
  ]
}

export function memberCompaniesOf(organisation: string, facts: Facts): readonly string[] {
  return facts
    .find('bond', 'b', organisation)
    .filter((bond) => bond.type === 'org_membership' && isStanding(bond))
    .map((bond) => bond.a)
}
