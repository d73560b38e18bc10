import { describe, expect, test } from 'vitest'
import { contactEntry } from '#shared/documents/contact-entries.ts'
import { asked, bondId, bondOf, decide, declined, employed, ended, given, standing } from '../bond-story.ts'
import {
  afterChanges,
  dayFrom,
  id,
  organisation,
  person,
  self,
  strangers,
  system,
  typing,
  typingOrganisation,
  user,
} from '../demo-parties.ts'

const fresh = id('a fresh bond')
const ask = (type: string, other: unknown, note?: string) => ({
  id: fresh,
  type,
  other,
  ...(note !== undefined && { note }),
})
const nobody = { person: { name: '', nationalId: { country: 'SE', value: '199805032381' } } }

describe('asking for a bond', () => {
  test('[B1] a company asks a person by number, and nothing flows yet', () => {
    const { facts } = given()
      .when('bond.propose', ask('employed', typing('P06'), 'Välkommen'), user('C-GRAN'))
      .thenChanges({
        type: 'bondProposed',
        id: fresh,
        bondType: 'employed',
        a: id('P06'),
        b: id('C-GRAN'),
        by: 'b',
        note: 'Välkommen',
        expiresOn: dayFrom(90),
        follows: null,
      })
    expect(contactEntry(id('C-GRAN'), fresh, facts)).toMatchObject({ person: null, bond: { a: '' } })
  })

  test('[B1] a person asks a company', () => {
    given()
      .when('bond.propose', ask('employed', typingOrganisation('C-TALL')), self('P09'))
      .thenChanges({ type: 'bondProposed', a: id('P09'), b: id('C-TALL'), by: 'a', typed: null })
  })

  test.each([
    ['861322-3932', 'date'],
    ['900101-2386', 'checksum'],
    ['559990-0049', 'not-a-person'],
    ['x', 'characters'],
  ])('[B2] the number %s is refused with the reason %s', (value, reason) => {
    const other = { person: { name: 'Erik Åkesson', nationalId: { country: 'SE', value } } }
    given()
      .when('bond.propose', ask('employed', other), user('C-GRAN'))
      .thenRefused('bond/number-invalid', 'B2', { reason })
  })

  test('[B2] an organisation number that is not valid is refused with the reason', () => {
    const other = { organisation: { regNo: { country: 'SE', value: '559990-0024' } } }
    given()
      .when('bond.propose', ask('org_membership', other), user('C-GRAN'))
      .thenRefused('bond/organisation-number-invalid', 'B2', { reason: 'checksum' })
  })

  test('[B3] a person nobody knows is named by number and nothing else, and waits', () => {
    given()
      .when('bond.propose', ask('employed', nobody), user('C-GRAN'))
      .thenChanges(
        {
          type: 'personEntered',
          person: {
            known: false,
            name: '',
            contact: null,
            protectedIdentity: false,
            nationalId: { country: 'SE', value: '199805032381', key: 'SE:199805032381' },
          },
        },
        { type: 'bondProposed', b: id('C-GRAN') },
      )
  })

  test('[B3] the row of a known person and that of an unknown one differ in what was typed only', () => {
    const row = (other: unknown) => {
      const facts = strangers()
      const decision = decide(facts, 'bond.propose', ask('employed', other), user('C-GRAN'))
      expect(decision.ok).toBe(true)
      if (decision.ok) afterChanges(facts, decision.changes)
      return contactEntry(id('C-GRAN'), fresh, facts)
    }
    const withName = (name: string, value: string) => ({
      person: { name, nationalId: { country: 'SE', value } },
    })
    const known = row(withName('X', person('P21').nationalId!.value))
    const unknown = row(withName('X', '199805032381'))
    const blank = (entry: typeof known) => ({ ...entry, bond: { ...entry?.bond, typed: null } })
    expect(blank(known)).toEqual(blank(unknown))
  })

  test.each([
    ['tied_agent', 'C-GRAN', 'P06', 'securities-firm'],
    ['tied_intermediary', 'C-GRAN', 'P06', 'insurer'],
    ['sole_trader', 'C-GRAN', 'P06', 'sole-trader'],
    ['member', 'C-GRAN', 'P06', 'broker-organisation'],
  ])('[B4] %s cannot be chosen by %s', (type, company, key, obstacle) => {
    given()
      .when('bond.propose', ask(type, typing(key)), user(company))
      .thenRefused('bond/type-not-allowed', 'B4', { obstacle })
  })

  test.each([
    ['tied_agent', 'C-BJORK', 'P06'],
    ['tied_intermediary', 'C-LIV', 'P06'],
    ['sole_trader', 'C-STRAND', 'P24'],
    ['member', 'ORG-FYR', 'P06'],
    ['other', 'C-SJO', 'P06'],
  ])('[B4] %s can be chosen by %s', (type, company, key) => {
    given()
      .when('bond.propose', ask(type, typing(key)), user(company))
      .thenChanges({ type: 'bondProposed', bondType: type })
  })

  test('[B4] a sole trader’s firm is only its owner’s', () => {
    given()
      .when('bond.propose', ask('sole_trader', typing('P06')), user('C-STRAND'))
      .thenRefused('bond/not-your-firm', 'B4')
    given()
      .when('bond.propose', ask('sole_trader', typingOrganisation('C-STRAND')), self('P06'))
      .thenRefused('bond/not-your-firm', 'B4')
  })

  test('[B4] an organisation without an agreement with the register can be asked nothing', () => {
    given()
      .when('bond.propose', ask('employed', typingOrganisation('E-SAARI')), self('P06'))
      .thenRefused('bond/type-not-allowed', 'B4', { obstacle: 'not-company-user' })
  })

  test.each([
    ['proposed', asked('employed', 'P06', 'C-GRAN')],
    ['confirmed', standing('employed', 'P06', 'C-GRAN')],
    ['frozen', [...standing('employed', 'P06', 'C-GRAN'), freezeOf('employed', 'P06', 'C-GRAN')]],
  ])('[B5] asking for what is already %s is refused with its state', (state, told) => {
    given(told)
      .when('bond.propose', ask('employed', typing('P06')), user('C-GRAN'))
      .thenRefused('bond/exists', 'B5', { bond: bondId('employed', 'P06', 'C-GRAN'), state })
  })

  test('[B5] another type, another company, or one that has ended is another bond', () => {
    const told = [
      ...standing('other', 'P06', 'C-GRAN'),
      ...standing('employed', 'P06', 'C-TALL'),
      ...standing('employed', 'P06', 'C-GRAN', { bond: id('old') }),
      ended(id('old')),
    ]
    given(told)
      .when('bond.propose', ask('employed', typing('P06')), user('C-GRAN'))
      .thenChanges({ type: 'bondProposed' })
  })

  test('[B6] who asks for what the other has asked for is told to answer', () => {
    const bond = bondId('employed', 'P09', 'C-TALL')
    given(asked('employed', 'P09', 'C-TALL', { by: 'a' }))
      .when('bond.propose', ask('employed', typing('P09')), user('C-TALL'))
      .thenRefused('bond/asked-by-other', 'B6', { bond })
    given(asked('employed', 'P09', 'C-TALL', { by: 'b' }))
      .when('bond.propose', ask('employed', typingOrganisation('C-TALL')), self('P09'))
      .thenRefused('bond/asked-by-other', 'B6', { bond })
  })

  test('[B8] after a no the same cannot be asked for 30 days', () => {
    const told = declined('employed', 'P26', 'C-TALL', { ago: 31, days: 29 })
    given(told)
      .when('bond.propose', ask('employed', typing('P26')), user('C-TALL'))
      .thenRefused('bond/blocked', 'B8', { until: dayFrom(1) })
    given(declined('employed', 'P26', 'C-TALL', { ago: 31, days: 30 }))
      .when('bond.propose', ask('employed', typing('P26')), user('C-TALL'))
      .thenChanges({ type: 'bondProposed' })
  })

  test('[B8] the days are counted in the register’s zone, where a late evening is still the day before', () => {
    const told = declined('employed', 'P26', 'C-TALL', { ago: 40 })
    const late = told.map((change) =>
      change.type === 'bondDeclined' ? { ...change, at: '2026-10-24T22:30:00.000Z' } : change,
    )
    given(late)
      .when('bond.propose', ask('employed', typing('P26')), user('C-TALL'))
      .thenRefused('bond/blocked', 'B8', { until: '2026-11-24' })
  })

  test('[B8] the one who said no may ask, and others are not held', () => {
    const told = declined('employed', 'P26', 'C-TALL', { ago: 5 })
    given(told)
      .when('bond.propose', ask('employed', typingOrganisation('C-TALL')), self('P26'))
      .thenChanges({ type: 'bondProposed', by: 'a' })
    given(told)
      .when('bond.propose', ask('other', typing('P26')), user('C-TALL'))
      .thenChanges({ type: 'bondProposed' })
    given(told)
      .when('bond.propose', ask('employed', typing('P26')), user('C-GRAN'))
      .thenChanges({ type: 'bondProposed' })
  })

  test('[B9] a user cannot name their own number, but for their own firm', () => {
    given()
      .when('bond.propose', ask('employed', typing('P01')), user('C-GRAN'))
      .thenRefused('bond/own-number', 'B9')
    given()
      .when('bond.propose', ask('sole_trader', typing('P24')), user('C-STRAND'))
      .thenChanges({ type: 'bondProposed' })
    given(standing('other', 'P01', 'C-GRAN'))
      .when('bond.propose', ask('employed', { party: id('P01') }), user('C-GRAN'))
      .thenRefused('bond/own-number', 'B9')
  })

  test('[B10] a company belongs to broker organisations only, a broker organisation has companies only', () => {
    const refused = (who: string, other: string, code: string) =>
      given()
        .when('bond.propose', ask('org_membership', typingOrganisation(other)), user(who))
        .thenRefused(code, 'B10')
    refused('C-GRAN', 'C-TALL', 'bond/not-an-organisation')
    refused('C-GRAN', 'C-GRAN', 'bond/own-organisation')
    refused('ORG-FYR', 'ORG-KOM', 'bond/organisation-unknown')
    refused('ORG-FYR', 'E-SAARI', 'bond/organisation-unknown')
    given()
      .when('bond.propose', ask('org_membership', typingOrganisation('ORG-FYR')), user('C-GRAN'))
      .thenChanges({ type: 'bondProposed', a: id('C-GRAN'), b: id('ORG-FYR'), by: 'a' })
    given()
      .when('bond.propose', ask('org_membership', typingOrganisation('C-GRAN')), user('ORG-FYR'))
      .thenChanges({ type: 'bondProposed', a: id('C-GRAN'), b: id('ORG-FYR'), by: 'b' })
  })

  test('[B10] persons and companies are named in the places that are theirs', () => {
    given()
      .when('bond.propose', ask('org_membership', typing('P06')), user('C-GRAN'))
      .thenRefused('bond/wrong-side', 'B10')
    given()
      .when('bond.propose', ask('employed', typingOrganisation('C-TALL')), user('C-GRAN'))
      .thenRefused('bond/wrong-side', 'B10')
    given()
      .when('bond.propose', ask('employed', typing('P06')), self('P09'))
      .thenRefused('bond/wrong-side', 'B10')
  })

  test('[B11] a broker organisation may ask its own staff as employees, and anyone as a member', () => {
    for (const type of ['employed', 'member']) {
      given()
        .when('bond.propose', ask(type, typing('P22')), user('ORG-FYR'))
        .thenChanges({ type: 'bondProposed', bondType: type, b: id('ORG-FYR') })
    }
  })

  test('[B12] a request lapses on its ninetieth day, not before, and only by the house', () => {
    const told = asked('other', 'P25', 'C-BJORK', { ago: 90 })
    const input = { id: bondId('other', 'P25', 'C-BJORK') }
    given(told).when('bond.expire', input, system).thenChanges({ type: 'bondExpired' })
    given(told).when('bond.expire', input, user('C-BJORK')).thenRefused('bond/not-allowed', 'B51')
    given(asked('other', 'P25', 'C-BJORK', { ago: 89 }))
      .when('bond.expire', input, system)
      .thenRefused('bond/not-due', 'B12')
    given(standing('other', 'P25', 'C-BJORK', { ago: 90 }))
      .when('bond.expire', input, system)
      .thenRefused('bond/unknown', 'B12')
  })

  test('[B13] nobody is asked by id but by those who have or had a bond with them', () => {
    const byParty = ask('employed', { party: id('P06') })
    given().when('bond.propose', byParty, user('C-GRAN')).thenRefused('bond/unknown', 'B13')
    given(asked('other', 'P06', 'C-GRAN'))
      .when('bond.propose', byParty, user('C-GRAN'))
      .thenRefused('bond/unknown', 'B13')
    given(declined('other', 'P06', 'C-GRAN'))
      .when('bond.propose', byParty, user('C-GRAN'))
      .thenRefused('bond/unknown', 'B13')
    const { name, nationalId } = person('P06')
    given(standing('other', 'P06', 'C-GRAN'))
      .when('bond.propose', byParty, user('C-GRAN'))
      .thenChanges({ type: 'bondProposed', a: id('P06'), typed: { name, nationalId } })
    given(employed('P06', 'C-GRAN'))
      .when('bond.propose', ask('other', { party: id('C-GRAN') }), self('P06'))
      .thenChanges({ type: 'bondProposed', by: 'a', b: id('C-GRAN') })
  })

  test('[B13] an old bond does not tell today’s name', () => {
    const told = [
      ...standing('other', 'P06', 'C-GRAN', { ago: 400 }),
      ended(bondId('other', 'P06', 'C-GRAN')),
      {
        type: 'personEntered',
        kind: 'person',
        id: id('P06'),
        person: { ...person('P06'), name: 'P02' },
      } as const,
    ]
    given(told)
      .when('bond.propose', ask('employed', { party: id('P06') }), user('C-GRAN'))
      .thenChanges({ type: 'bondProposed', typed: { name: person('P06').name } })
    given(standing('other', 'P06', 'C-GRAN', { by: 'a' }), ended(bondId('other', 'P06', 'C-GRAN')))
      .when('bond.propose', ask('employed', { party: id('P06') }), user('C-GRAN'))
      .thenChanges({ type: 'bondProposed', typed: { name: '', nationalId: null } })
  })

  test('[B51] an organisation without rights may ask nobody, and an id is used once', () => {
    given()
      .when('bond.propose', ask('employed', typing('P06')), user('E-SAARI'))
      .thenRefused('bond/not-allowed', 'B51')
    given(standing('employed', 'P02', 'C-GRAN', { bond: fresh }))
      .when('bond.propose', ask('employed', typing('P06')), user('C-GRAN'))
      .thenRefused('bond/id-taken', 'B51')
  })
})

function freezeOf(type: 'employed', a: string, b: string) {
  return {
    type: 'bondFrozen',
    kind: 'bond',
    id: bondId(type, a, b),
    at: '2026-11-20T08:00:00.000Z',
    reason: 'Tvist',
  } as const
}

test('the organisations of the stories are what the tests take them for', () => {
  expect(['C-GRAN', 'C-SJO', 'ORG-FYR', 'C-BJORK', 'C-LIV'].map((key) => organisation(key).tier)).toEqual([
    'AF',
    'CU',
    'BO',
    'AF',
    'AF',
  ])
  expect(
    bondOf(given(standing('other', 'P06', 'C-GRAN')).facts, bondId('other', 'P06', 'C-GRAN')).state,
  ).toBe('confirmed')
})
