import { describe, expect, test } from 'vitest'
import { mayOver, pathsThroughCompanies, seesOwn, seesPerson } from '#shared/access/visibility.ts'
import { documentsFor } from '#shared/documents/audience.ts'
import { entryOf, keysOf } from '#shared/documents/views.ts'
import {
  asked,
  bondId,
  declined,
  employed,
  ended,
  endSet,
  frozen,
  given,
  standing,
  type Happened,
} from '../bond-story.ts'
import { accountOf, dayFrom, id, person, today } from '../demo-parties.ts'

const sees = (organisation: string, key: string, ...told: readonly Happened[]) =>
  seesPerson(id(organisation), id(key), given(...told).facts)
const employment = bondId('employed', 'P06', 'C-GRAN')
const membership = bondId('org_membership', 'C-GRAN', 'ORG-FYR')
const member = standing('org_membership', 'C-GRAN', 'ORG-FYR')

describe('who sees whom', () => {
  test('[V1] nothing before both have said yes, on every bond of the path', () => {
    expect(sees('C-GRAN', 'P06', employed('P06', 'C-GRAN'))).toBe(true)
    for (const told of [
      asked('employed', 'P06', 'C-GRAN'),
      asked('employed', 'P06', 'C-GRAN', { by: 'a' }),
    ]) {
      expect(sees('C-GRAN', 'P06', told)).toBe(false)
      expect(sees('ORG-FYR', 'P06', told, member)).toBe(false)
    }
    expect(sees('C-GRAN', 'P06', declined('employed', 'P06', 'C-GRAN'))).toBe(false)
    expect(sees('ORG-FYR', 'P06', employed('P06', 'C-GRAN'), member)).toBe(true)
    for (const by of ['a', 'b'] as const) {
      expect(
        sees(
          'ORG-FYR',
          'P06',
          employed('P06', 'C-GRAN'),
          asked('org_membership', 'C-GRAN', 'ORG-FYR', { by }),
        ),
      ).toBe(false)
    }
  })

  test('[V2] ending or freezing any bond of the path closes it; an end to come does not yet', () => {
    const path = [...employed('P06', 'C-GRAN'), ...member]
    for (const bond of [employment, membership]) {
      expect(sees('ORG-FYR', 'P06', path, ended(bond))).toBe(false)
      expect(sees('ORG-FYR', 'P06', path, frozen(bond))).toBe(false)
      expect(sees('ORG-FYR', 'P06', path, endSet(bond, dayFrom(3)))).toBe(true)
    }
    expect(sees('C-GRAN', 'P06', path, ended(membership))).toBe(true)
  })

  test('[V3] of two paths one is enough', () => {
    const two = [
      ...employed('P06', 'C-GRAN'),
      ...employed('P06', 'C-TALL'),
      ...member,
      ...standing('org_membership', 'C-TALL', 'ORG-FYR'),
    ]
    expect(sees('ORG-FYR', 'P06', two, ended(employment))).toBe(true)
    expect(sees('ORG-FYR', 'P06', two, ended(membership))).toBe(true)
    expect(sees('ORG-FYR', 'P06', two, ended(employment), ended(bondId('employed', 'P06', 'C-TALL')))).toBe(
      false,
    )
    const direct = [...two, ...standing('member', 'P06', 'ORG-FYR')]
    expect(
      sees('ORG-FYR', 'P06', direct, ended(employment), ended(bondId('employed', 'P06', 'C-TALL'))),
    ).toBe(true)
  })

  test('[V4] a company user sees contact details and no status, licence, booking or documents', () => {
    const { facts } = given(employed('P06', 'C-SJO'), employed('P06', 'C-GRAN'), member)
    for (const right of ['person.status', 'person.licence', 'person.booking', 'person.documents'] as const) {
      expect(mayOver(id('C-SJO'), id('P06'), right, facts)).toBe(false)
      expect(mayOver(id('C-GRAN'), id('P06'), right, facts)).toBe(true)
      expect(mayOver(id('ORG-FYR'), id('P06'), right, facts)).toBe(true)
      expect(mayOver(id('C-TALL'), id('P06'), right, facts)).toBe(false)
    }
    expect(seesOwn(id('C-SJO'), id('P06'), facts)).toBe(true)
  })

  test('[V5] one company deep and no deeper, and not from one company to another', () => {
    const told = [
      ...employed('P06', 'C-GRAN'),
      ...member,
      ...standing('org_membership', 'ORG-FYR', 'ORG-KOM'),
    ]
    expect(sees('ORG-KOM', 'P06', told)).toBe(false)
    expect(sees('C-TALL', 'P06', told, standing('org_membership', 'C-TALL', 'ORG-FYR'))).toBe(false)
    expect(sees('C-GRAN', 'P22', standing('member', 'P22', 'ORG-FYR'), member)).toBe(false)
  })

  test('[V5] through a company its people are seen, not who only belongs to it as a payer', () => {
    for (const type of ['tied_agent', 'other'] as const) {
      const told = [...standing(type, 'P06', 'C-BJORK'), ...standing('org_membership', 'C-BJORK', 'ORG-FYR')]
      expect(sees('ORG-FYR', 'P06', told)).toBe(true)
    }
    expect(sees('ORG-FYR', 'P06', standing('billing', 'P06', 'C-GRAN'), member)).toBe(false)
  })

  test('[V6] a protected identity is seen by its employer without address, and by nobody further', () => {
    const { facts } = given(employed('P21', 'C-GRUV'), standing('org_membership', 'C-GRUV', 'ORG-FYR'))
    expect(pathsThroughCompanies(id('ORG-FYR'), id('P21'), facts)).toEqual([])
    const document = `org/${id('C-GRUV')}/contacts`
    const entry = entryOf(document, `contact:${bondId('employed', 'P21', 'C-GRUV')}`, facts, today)
    expect(entry).toMatchObject({
      person: { name: person('P21').name, contact: null, protectedIdentity: true },
    })
    expect(
      keysOf(`org/${id('ORG-FYR')}/contacts`, facts).map((key) =>
        entryOf(`org/${id('ORG-FYR')}/contacts`, key, facts, today),
      ),
    ).toEqual([undefined])
  })

  test('[V6] an organisation that pays through the company counts them and does not name them; who pays directly knows whom', () => {
    const payers = `org/${id('ORG-FYR')}/payers`
    const { facts } = given(employed('P21', 'C-GRUV'), standing('org_membership', 'C-GRUV', 'ORG-FYR'))
    const rows = keysOf(payers, facts).map((key) => entryOf(payers, key, facts, today))
    expect(rows).toMatchObject([{ person: { name: '', nationalId: null }, bond: { a: '' }, used: true }])
    const direct = given(standing('billing', 'P21', 'ORG-FYR')).facts
    const own = keysOf(payers, direct).map((key) => entryOf(payers, key, direct, today))
    expect(own).toMatchObject([{ person: { name: person('P21').name } }])
  })

  test('[V7] who only pays sees name and number', () => {
    const { facts } = given(standing('billing', 'P06', 'C-SJO'))
    const { name, nationalId } = person('P06')
    expect(seesPerson(id('C-SJO'), id('P06'), facts)).toBe(false)
    const shown = documentsFor(accountOf('P11'), id('C-SJO'), facts).flatMap(({ name: document }) =>
      keysOf(document, facts).flatMap((key) => entryOf(document, key, facts, today) ?? []),
    )
    const about = shown.filter((entry) => JSON.stringify(entry).includes(nationalId!.value))
    expect(about).toMatchObject([{ kind: 'billing', person: { name, nationalId, protectedIdentity: false } }])
    expect(Object.keys((about[0] as { person: object }).person).sort()).toEqual([
      'name',
      'nationalId',
      'protectedIdentity',
    ])
  })
})
