import { must } from '#shared/kernel/must.ts'
import { accountOf, id, organisation, strangers } from '../demo-parties.ts'
import { memoryFacts, type MemoryFacts } from '../memory-facts.ts'

/** The few of the demo world that a random history is about: one of every kind and tier, and the office. */
export const castPersons = ['P06', 'P09', 'P21', 'P24', 'P01', 'P26']
export const castOrganisations = ['ORG-FYR', 'C-GRAN', 'C-SJO', 'C-BJORK', 'C-STRAND', 'ORG-KOM']
export const office = 'KANSLI'

/** Who speaks for each organisation. */
export const speakers: Readonly<Record<string, string>> = {
  'C-GRAN': 'P01',
  'C-SJO': 'P11',
  'C-BJORK': 'P13',
  'C-STRAND': 'P24',
  'ORG-FYR': 'P31',
  'ORG-KOM': 'P32',
  [office]: 'P29',
}

export interface Cast {
  readonly persons: readonly string[]
  readonly organisations: readonly string[]
  readonly speakers: Readonly<Record<string, string>>
}
export const smallCast: Cast = { persons: castPersons, organisations: castOrganisations, speakers }

/** Everybody of the demo world who is in the Swedish register, with those who really speak there. */
export const wholeCast: Cast = {
  persons: Array.from({ length: 28 }, (_, n) => `P${String(n + 1).padStart(2, '0')}`),
  organisations: [
    'ORG-FYR',
    'C-GRAN',
    'C-TALL',
    'C-SJO',
    'C-BJORK',
    'C-LIV',
    'C-NORR',
    'C-EK',
    'C-GRUV',
    'C-STRAND',
  ],
  speakers: {
    'ORG-FYR': 'P31',
    'C-GRAN': 'P01',
    'C-TALL': 'P07',
    'C-SJO': 'P11',
    'C-BJORK': 'P13',
    'C-LIV': 'P16',
    'C-NORR': 'P17',
    'C-EK': 'P18',
    'C-GRUV': 'P20',
    'C-STRAND': 'P24',
    [office]: 'P29',
  },
}

const everybody = strangers()
const staffOf = (key: string) =>
  everybody
    .find('staffRole', 'party', id(key))
    .find((role) => role.account === accountOf(must(speakers[key], key)))

/** The cast as records, with a role for every speaker. */
export function castRecords() {
  const organisations = [...castOrganisations, office]
  const persons = [...new Set([...castPersons, ...Object.values(speakers)])]
  return {
    person: persons.map((key) => must(everybody.get('person', id(key)), key)),
    account: persons.map((key) => must(everybody.get('account', accountOf(key)), key)),
    organisation: organisations.map((key) => organisation(key)),
    staffRole: organisations.map((key) => {
      const standing = staffOf(key)
      return (
        standing ?? {
          id: id(`cast ${key}`),
          rev: 1,
          account: accountOf(must(speakers[key], key)),
          party: id(key),
          administrator: true,
          title: '',
          state: 'active' as const,
          removedBy: null,
          removedAt: null,
        }
      )
    }),
  }
}

export function castFacts(): MemoryFacts {
  return memoryFacts(castRecords())
}
