import { describe, expect, test } from 'vitest'
import { demoId } from '#server/demo/demo-id.ts'
import type { Happening } from '#server/demo/history.ts'
import { readWorld } from '#server/demo/world-file.ts'
import { demoWorld } from '#server/demo/world.ts'
import { isStanding } from '#shared/bonds/model.ts'
import { hasMixedScripts } from '#shared/identity/fold.ts'
import { addDays } from '#shared/kernel/time.ts'
import type { FeeKind } from '#shared/payers/model.ts'
import { resolvePayer } from '#shared/payers/resolve-payer.ts'
import { memoryFacts } from '../../shared/memory-facts.ts'

const d0 = '2026-11-23'
const world = readWorld()
const happenings = demoWorld(d0)
const facts = replayed(happenings)
const keyById = new Map([...world.orgs, ...world.persons].map(({ key }) => [demoId(key), key]))

function replayed(happenings: Iterable<Happening>) {
  const facts = memoryFacts()
  for (const { change } of happenings) facts.apply(change)
  return facts
}
const payerOf = (person: string, feeKind: FeeKind | '*' = '*') => {
  const { payer, via } = resolvePayer(demoId(person), feeKind, d0, facts)
  const name = payer === 'self' ? 'self' : keyById.get(payer)
  return via === null ? name : `via ${keyById.get(via)}→${name}`
}
const bondsOf = (key: string, type: string) =>
  [...facts.find('bond', 'a', demoId(key)), ...facts.find('bond', 'b', demoId(key))].filter(
    (bond) => bond.type === type,
  )

describe('the demo world', () => {
  test('is the same every time, in the order of time, and nothing in it is still to come', () => {
    expect(demoWorld(d0)).toEqual(happenings)
    const times = happenings.map(({ at }) => at)
    expect(times.toSorted()).toEqual(times)
    expect(times.at(-1)! < `${d0}T08:00:00Z`).toBe(true)
  })

  test('moves with its day, and keeps its ids', () => {
    const later = demoWorld(addDays(d0, 400))
    expect(later.map(({ change }) => change.id)).toEqual(happenings.map(({ change }) => change.id))
    const facts = replayed(later)
    const oldest = facts.find('bond', 'a', demoId('P25'))[0]!
    expect(oldest).toMatchObject({ state: 'proposed', expiresOn: addDays(d0, 402) })
  })

  test('has every person and organisation of the file, each person with an account', () => {
    expect(facts.all('person')).toHaveLength(world.persons.length)
    expect(facts.all('organisation')).toHaveLength(world.orgs.length)
    expect(facts.find('account', 'email', 'p01@example.test')).toMatchObject([
      { person: demoId('P01'), locale: 'sv' },
    ])
    expect(new Set(facts.all('account').map(({ person }) => person)).size).toBe(world.persons.length)
    expect(facts.find('person', 'nationalId', 'SE:199001012385')).toMatchObject([{ name: 'Anna-Karin Sjöö' }])
    expect(facts.find('organisation', 'regNo', 'SE:5599900049')).toMatchObject([{ tier: 'AF' }])
    expect(facts.find('organisation', 'regNo', 'SE:9208202383')).toMatchObject([{ id: demoId('C-STRAND') }])
  })

  test('has opaque ids: version 4, no two alike', () => {
    const ids = happenings
      .filter(({ change }) => change.kind !== 'payerChoice')
      .map(({ change }) => change.id)
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const records = (['person', 'organisation', 'account', 'staffRole', 'bond'] as const).flatMap((kind) =>
      facts.all(kind),
    )
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length)
  })

  test('protects the identity of one, and writes one address with letters of two alphabets', () => {
    expect(facts.all('person').filter((person) => person.protectedIdentity)).toMatchObject([
      { name: 'Anders Malm' },
    ])
    const mixed = facts
      .all('organisation')
      .filter(({ address }) => address && hasMixedScripts(address.street))
    expect(mixed).toMatchObject([{ id: demoId('C-VINT'), agreement: null }])
  })

  test('lets work for an organisation whom the file says, and one company on old terms', () => {
    const staff = (key: string) => facts.find('staffRole', 'party', demoId(key))
    const administrators = (key: string) => staff(key).filter(({ administrator }) => administrator).length
    expect(['KANSLI', 'ORG-FYR', 'K-FJORD', 'K-VANN', 'C-LIV', 'C-GRAN'].map(administrators)).toEqual([
      2, 2, 2, 1, 1, 1,
    ])
    expect(staff('C-VINT')).toEqual([])
    expect(facts.all('organisation').filter(({ agreement }) => agreement?.version === '2015')).toHaveLength(1)
  })
})

describe('relations of the demo', () => {
  test('Granbacka has five employees and waits for one', () => {
    const employed = bondsOf('C-GRAN', 'employed')
    expect(employed.filter(isStanding)).toHaveLength(5)
    expect(employed.filter(({ state }) => state === 'proposed')).toMatchObject([
      { a: demoId('P06'), typed: { name: 'Erik Åkesson' }, proposedBy: 'b' },
    ])
    expect(employed.filter(({ state }) => state === 'withdrawn')).toMatchObject([{ a: demoId('P27') }])
  })

  test('what waits waits in both directions', () => {
    const waiting = facts.all('bond').filter(({ state }) => state === 'proposed')
    const written = waiting.map(
      ({ type, a, b, proposedBy }) => `${type} ${keyById.get(a)} ${keyById.get(b)} by ${proposedBy}`,
    )
    expect(written.toSorted()).toEqual([
      'billing P09 C-TALL by a',
      'billing P14 C-BJORK by a',
      'employed P06 C-GRAN by b',
      'employed P09 C-TALL by a',
      'member P23 ORG-FYR by b',
      'org_membership C-NORR ORG-KOM by b',
      'org_membership C-TALL ORG-FYR by a',
      'other P25 C-BJORK by b',
    ])
    for (const bond of waiting) {
      const organisationAskedPerson = bond.proposedBy === 'b' && bond.type !== 'org_membership'
      expect(bond.typed !== null).toBe(organisationAskedPerson)
    }
  })

  test('what ended has ended with its payment', () => {
    expect(bondsOf('P10', 'employed')).toMatchObject([
      { state: 'ended', endedBy: 'b', validTo: '2026-11-15' },
    ])
    expect(bondsOf('P10', 'billing')).toMatchObject([{ state: 'ended', validTo: '2026-11-15' }])
    expect(bondsOf('C-EK', 'org_membership')).toMatchObject([
      { state: 'ended', endedBy: 'b', validTo: '2026-10-31' },
    ])
    expect(bondsOf('P26', 'employed')).toMatchObject([{ state: 'declined' }])
  })
})

describe('payers of the demo', () => {
  /** The file's own words for who pays, read literally. */
  const written: Record<string, string> = {
    'via C-GRAN→ORG-FYR': 'via C-GRAN→ORG-FYR',
    'via C-GRUV→ORG-FYR': 'via C-GRUV→ORG-FYR',
    'via C-GRUV→ORG-FYR (annual fee); C-GRUV (test fee exception)': 'via C-GRUV→ORG-FYR',
    'ORG-FYR direct (company route "används ej")': 'ORG-FYR',
    'ORG-FYR direct': 'ORG-FYR',
    'C-SJO chosen, C-NORR "används ej"': 'C-SJO',
    'C-LIV (agreed)': 'C-LIV',
    'C-EK (org ended)': 'C-EK',
    'self until confirmed': 'self',
    'self (fallback)': 'self',
    'self chosen': 'self',
    'self/firm': 'self',
    'self chosen; ORG-FYR direct offer accepted but "används ej"': 'self',
  }
  const paid = world.persons.filter(({ pay }) => pay !== undefined && pay !== '–')

  test.each(paid)('$name ($key): $pay', ({ key, pay }) => {
    expect(payerOf(key)).toBe(written[pay!] ?? pay)
  })

  test('Gruvfors pays the tests of its people, Fyrbåken the rest', () => {
    expect(payerOf('P20', 'test')).toBe('C-GRUV')
    expect(payerOf('P20', 'annual_licensed')).toBe('via C-GRUV→ORG-FYR')
  })

  test('Fyrbåken pays for nine: three directly, four through Granbacka, two through Gruvfors; one of them unused', () => {
    const rows = facts.all('person').flatMap((person) => {
      const resolution = resolvePayer(person.id, '*', d0, facts)
      const mine = resolution.candidates.filter(({ payer }) => payer === demoId('ORG-FYR'))
      const row = mine.find(({ direct }) => direct) ?? mine[0]
      if (row === undefined) return []
      return [{ via: row.via && keyById.get(row.via), used: resolution.payer === demoId('ORG-FYR') }]
    })
    const through = (via: string | null) => rows.filter((row) => row.via === via).length
    expect([through(null), through('C-GRAN'), through('C-GRUV'), rows.length]).toEqual([3, 4, 2, 9])
    expect(rows.filter(({ used }) => !used)).toHaveLength(1)
  })
})
