import { describe, expect, test } from 'vitest'
import { demoId } from '#server/demo/demo-id.ts'
import { generateWorld } from '#server/demo/generate-world.ts'
import { readWorld } from '#server/demo/world-file.ts'
import { isOpen, isStanding, personBondTypes, type BondType } from '#shared/bonds/model.ts'
import { hasMixedScripts } from '#shared/identity/fold.ts'
import { parseNationalId } from '#shared/identity/national-id.ts'
import { parseRegNo } from '#shared/identity/reg-no.ts'
import { memoryFacts, type MemoryFacts } from '../../shared/memory-facts.ts'

const d0 = '2026-11-23'
const personTypes: readonly BondType[] = personBondTypes

function replayed(contacts: number, oneCompany?: number): MemoryFacts {
  const facts = memoryFacts()
  const world = generateWorld({ seed: 7, contacts, d0, ...(oneCompany === undefined ? {} : { oneCompany }) })
  for (const { change } of world) facts.apply(change)
  return facts
}

/** Everyone on the contacts list of who signs in as `bo1`: its own, and those of its member companies who are not protected. */
function contactsOfWidest(facts: MemoryFacts): number {
  const account = facts.find('account', 'email', 'bo1@example.test')[0]!
  const { party } = facts.find('staffRole', 'account', account.id)[0]!
  const standing = facts.find('bond', 'b', party).filter(isStanding)
  const through = standing
    .filter(({ type }) => type === 'org_membership')
    .flatMap(({ a }) => facts.find('bond', 'b', a))
  const bonds = [...standing, ...through.filter(isStanding)].filter(({ type }) => personTypes.includes(type))
  return new Set(bonds.map(({ a }) => a).filter((id) => !facts.get('person', id)!.protectedIdentity)).size
}

describe('a generated world of 5 000', () => {
  const facts = replayed(5_000)
  const people = facts.all('person')
  const bonds = facts.all('bond')
  const relations = bonds.filter(({ type }) => personTypes.includes(type))
  const shareOf = (count: number, of: number) => Math.round((count / of) * 1_000) / 1_000

  test('is the same for the same seed and another for another', { timeout: 6_000 }, () => {
    const small = (seed: number) => JSON.stringify([...generateWorld({ seed, contacts: 400, d0 })])
    expect(small(3)).toBe(small(3))
    expect(small(3)).not.toBe(small(4))
  })

  test('is made within two seconds, in the order of time, of the past', { timeout: 2_000 }, () => {
    const times = [...generateWorld({ seed: 7, contacts: 5_000, d0 })].map(({ at }) => at)
    expect(times.toSorted()).toEqual(times)
    expect(times.at(-1)! < `${d0}T00:00:00Z`).toBe(true)
  })

  test('has the size it was asked for', () => {
    const organisations = facts.all('organisation')
    const companies = organisations.filter(({ tier }) => tier !== 'BO')
    expect([people.length, companies.length, organisations.length - companies.length]).toEqual([
      5_008, 450, 8,
    ])
    const sizes = companies.map(
      ({ id }) => facts.find('bond', 'b', id).filter(({ type }) => type === 'employed').length,
    )
    expect(Math.max(...sizes)).toBeGreaterThan(350)
    const median = sizes.toSorted((one, other) => one - other)[225]!
    expect(median).toBeGreaterThanOrEqual(5)
    expect(median).toBeLessThanOrEqual(9)
  })

  test('gives every person and organisation a valid number of its own, none of the demo world', () => {
    for (const { nationalId } of people) {
      expect(parseNationalId('SE', nationalId!.value, d0)).toEqual({ ok: true, id: nationalId })
    }
    for (const { regNo } of facts.all('organisation'))
      expect(parseRegNo('SE', regNo!.value, d0)).toEqual({ ok: true, regNo })
    const taken = new Set(people.map(({ nationalId }) => nationalId!.key))
    expect(taken.size).toBe(people.length)
    for (const { id } of readWorld().persons) expect(taken.has(`SE:${id}`)).toBe(false)
    expect(new Set(facts.all('organisation').map(({ regNo }) => regNo!.key)).size).toBe(458)
  })

  test('mixes the states of relations as written down', () => {
    const share = (...states: readonly string[]) =>
      shareOf(relations.filter(({ state }) => states.includes(state)).length, relations.length)
    expect(share('confirmed')).toBeCloseTo(0.86, 1)
    expect(Math.abs(share('confirmed') - 0.86)).toBeLessThan(0.015)
    expect(Math.abs(share('proposed') - 0.03)).toBeLessThan(0.01)
    expect(Math.abs(share('ended') - 0.08)).toBeLessThan(0.01)
    expect(Math.abs(share('declined', 'withdrawn', 'expired') - 0.03)).toBeLessThan(0.01)
    const proposed = relations.filter(({ state }) => state === 'proposed')
    expect(
      Math.abs(
        shareOf(proposed.filter(({ proposedBy }) => proposedBy === 'a').length, proposed.length) - 0.5,
      ),
    ).toBeLessThan(0.12)
    expect(
      bonds.filter(({ type, state }) => type === 'org_membership' && state === 'proposed').length,
    ).toBeGreaterThan(3)
  })

  test('gives most persons one relation, some two, a few three', () => {
    const counts = [...Map.groupBy(relations, ({ a }) => a).values()].map(({ length }) => length)
    const share = (wanted: number) =>
      shareOf(counts.filter((count) => count === wanted).length, counts.length)
    expect(Math.abs(share(1) - 0.8)).toBeLessThan(0.03)
    expect(Math.abs(share(2) - 0.15)).toBeLessThan(0.03)
    expect(Math.abs(share(3) - 0.05)).toBeLessThan(0.02)
  })

  test('keeps every rule a table would: one open bond per type and pair, every open question younger than 90 days', () => {
    const open = bonds.filter(isOpen)
    expect(new Set(open.map(({ type, a, b }) => `${type} ${a} ${b}`)).size).toBe(open.length)
    for (const bond of bonds) if (bond.state === 'proposed') expect(bond.expiresOn > d0).toBe(true)
    for (const bond of bonds) {
      expect(facts.get('organisation', bond.b)).toBeDefined()
      expect(facts.get('person', bond.a) ?? facts.get('organisation', bond.a)).toBeDefined()
    }
  })

  test('follows every standing employment with its payment', () => {
    const employments = relations.filter((bond) => bond.type === 'employed' && isStanding(bond))
    const followed = new Set(bonds.filter(isStanding).map(({ follows }) => follows))
    expect(employments.every(({ id }) => followed.has(id))).toBe(true)
    expect(facts.all('payerChoice').length).toBeGreaterThan(50)
  })

  test('has names as people have them: accents, namesakes, long ones, protected ones, damaged rows', () => {
    const names = people.map(({ name }) => name)
    expect(
      Math.abs(shareOf(names.filter((name) => /[^\u0020-\u007e]/.test(name)).length, names.length) - 0.12),
    ).toBeLessThan(0.02)
    const namesakes = names.length - new Set(names).size
    expect(Math.abs(shareOf(namesakes, names.length) - 0.005)).toBeLessThan(0.004)
    expect(names.filter((name) => name.length > 60).length).toBeGreaterThan(3)
    const protectedOnes = people.filter(({ protectedIdentity }) => protectedIdentity).length
    expect(protectedOnes).toBeGreaterThanOrEqual(3)
    expect(protectedOnes).toBeLessThanOrEqual(25)
    const damaged = people.filter(
      ({ contact }) => contact!.street === '' || hasMixedScripts(contact!.street),
    ).length
    expect(damaged).toBeGreaterThanOrEqual(1)
    expect(damaged).toBeLessThanOrEqual(12)
  })

  test('has one broker organisation that sees 2 300 people', () => {
    const contacts = contactsOfWidest(facts)
    expect(contacts).toBeGreaterThanOrEqual(2_300)
    expect(contacts).toBeLessThan(2_500)
  })
})

describe('larger and other worlds', () => {
  test(
    'of 50 000, one broker organisation sees 21 000, and all numbers are valid',
    { timeout: 60_000 },
    () => {
      const facts = replayed(50_000)
      const contacts = contactsOfWidest(facts)
      expect(contacts).toBeGreaterThanOrEqual(21_000)
      expect(contacts).toBeLessThan(22_000)
      const keys = facts.all('person').map(({ nationalId }) => nationalId!)
      expect(new Set(keys.map(({ key }) => key)).size).toBe(50_040)
      expect(keys.every(({ value }) => parseNationalId('SE', value, d0).ok)).toBe(true)
    },
  )

  test('one company has exactly the employees asked for', () => {
    const facts = replayed(0, 1_234)
    const company = demoId('7 company 0')
    const employed = facts.find('bond', 'b', company).filter(({ type }) => type === 'employed')
    expect(employed.filter(isStanding)).toHaveLength(1_234)
    expect(facts.get('organisation', company)).toMatchObject({ tier: 'AF', kind: 'brokerage' })
    const account = facts.find('account', 'email', 'c1@example.test')[0]!
    expect(facts.find('staffRole', 'account', account.id)).toMatchObject([
      { party: company, administrator: true },
    ])
  })

  test('a small world is whole too', () => {
    expect(contactsOfWidest(replayed(60))).toBeGreaterThan(20)
  })
})
