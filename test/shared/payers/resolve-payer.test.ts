import { describe, expect, test } from 'vitest'
import type { Change } from '#shared/changes.ts'
import { billingEntry } from '#shared/documents/billing-entries.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import type { FeeKind, PayerException } from '#shared/payers/model.ts'
import { resolvePayer } from '#shared/payers/resolve-payer.ts'
import {
  asked,
  bondId,
  employed,
  ended,
  endSet,
  followerId,
  frozen,
  given,
  givenFacts,
  standing,
} from '../bond-story.ts'
import { dayFrom, id, now, self, today, user } from '../demo-parties.ts'

const member = (company: string, ago = 20) => standing('org_membership', company, 'ORG-FYR', { ago })
const payerOf = (told: readonly (Change | readonly Change[])[], fee: FeeKind | '*' = '*', key = 'P06') =>
  resolvePayer(id(key), fee, today, given(...told).facts)

function chosen(payer: string, feeKind: FeeKind | '*' = '*'): Change {
  const payerId = payer === 'self' ? payer : id(payer)
  const person = id('P06')
  return {
    type: 'payerChosen',
    kind: 'payerChoice',
    id: `${person}:${feeKind}`,
    person,
    feeKind,
    payer: payerId,
    at: now,
  }
}

function exception(told: Partial<Omit<PayerException, 'id' | 'rev'>> & { key?: string }): Change {
  const { key = 'exception', ...rest } = told
  return {
    type: 'payerExceptionAgreed',
    kind: 'payerException',
    id: id(key),
    exception: {
      organisation: id('ORG-FYR'),
      company: '*',
      feeKind: '*',
      payer: 'company',
      validFrom: dayFrom(-5),
      validTo: null,
      ...rest,
    },
  }
}

describe('who pays', () => {
  const twoDirect = [
    standing('billing', 'P06', 'C-SJO', { ago: 30 }),
    standing('billing', 'P06', 'C-NORR', { ago: 20 }),
  ]

  test('[P1] the person’s own choice goes first, and self is one', () => {
    expect(payerOf([...twoDirect, chosen('C-SJO')])).toMatchObject({ payer: id('C-SJO'), rule: 'P1' })
    expect(payerOf([...twoDirect, chosen('self')])).toMatchObject({ payer: 'self', rule: 'P1', bond: null })
  })

  test('[P1] for its kind of fee first, then for all', () => {
    const told = [...twoDirect, chosen('C-SJO'), chosen('C-NORR', 'test')]
    expect(payerOf(told, 'test').payer).toBe(id('C-NORR'))
    expect(payerOf(told, 'admin').payer).toBe(id('C-SJO'))
  })

  test('[P1] a choice of somebody no longer willing is passed over', () => {
    const told = [...twoDirect, chosen('C-SJO'), ended(bondId('billing', 'P06', 'C-SJO'))]
    expect(payerOf(told)).toMatchObject({ payer: id('C-NORR'), rule: 'P3' })
  })

  test('[P2] who pays directly and also through the company goes before the route', () => {
    const told = [
      employed('P06', 'C-GRAN'),
      member('C-GRAN'),
      standing('billing', 'P06', 'ORG-FYR', { ago: 50 }),
    ]
    expect(payerOf([...told, standing('billing', 'P06', 'C-SJO', { ago: 2 })])).toMatchObject({
      payer: id('ORG-FYR'),
      rule: 'P2',
      bond: bondId('billing', 'P06', 'ORG-FYR'),
      via: null,
    })
  })

  test('[P3] else the newest direct yes', () => {
    expect(payerOf([...twoDirect, employed('P06', 'C-GRAN')])).toMatchObject({
      payer: id('C-NORR'),
      rule: 'P3',
    })
  })

  test('[P4] else the oldest employment', () => {
    const told = [employed('P06', 'C-TALL', { ago: 5 }), employed('P06', 'C-GRAN', { ago: 50 })]
    expect(payerOf(told)).toMatchObject({ payer: id('C-GRAN'), rule: 'P4' })
  })

  test('[P5] else the person', () => {
    expect(payerOf([])).toMatchObject({ payer: 'self', rule: 'P5', candidates: [] })
    expect(payerOf([asked('billing', 'P06', 'C-GRAN')])).toMatchObject({ payer: 'self', candidates: [] })
  })

  test('[P6] the route goes to the broker organisation, and to the earliest of two', () => {
    expect(payerOf([employed('P06', 'C-GRAN'), member('C-GRAN')])).toMatchObject({
      payer: id('ORG-FYR'),
      via: id('C-GRAN'),
    })
    const two = [
      employed('P06', 'C-GRAN'),
      member('C-GRAN', 20),
      standing('org_membership', 'C-GRAN', 'ORG-KOM', { ago: 90 }),
    ]
    expect(payerOf(two).payer).toBe(id('ORG-KOM'))
    expect(payerOf([employed('P06', 'C-GRAN'), asked('org_membership', 'C-GRAN', 'ORG-FYR')])).toMatchObject({
      payer: id('C-GRAN'),
      via: null,
    })
  })

  const routed = [employed('P06', 'C-GRAN'), member('C-GRAN')]

  test('[P7] an exception turns the route back, for its kind of fee', () => {
    const told = [...routed, exception({ company: id('C-GRAN'), feeKind: 'test' })]
    expect(payerOf(told, 'test').payer).toBe(id('C-GRAN'))
    expect(payerOf(told, 'annual_licensed').payer).toBe(id('ORG-FYR'))
    expect(payerOf([...routed, exception({ payer: 'person' })])).toMatchObject({ payer: 'self', rule: 'P5' })
  })

  test('[P7] the most specific wins: company before all, kind of fee before all', () => {
    const all = exception({ key: 'all', payer: 'person' })
    const fee = exception({ key: 'fee', feeKind: 'test', payer: 'company' })
    const company = exception({ key: 'company', company: id('C-GRAN'), payer: 'organisation' })
    const both = exception({ key: 'both', company: id('C-GRAN'), feeKind: 'test', payer: 'person' })
    expect(payerOf([...routed, all, fee], 'test').payer).toBe(id('C-GRAN'))
    expect(payerOf([...routed, all, fee, company], 'test').payer).toBe(id('ORG-FYR'))
    expect(payerOf([...routed, all, fee, company, both], 'test').payer).toBe('self')
  })

  test('[P7] an exception holds from its first to its last day', () => {
    const during = (validFrom: string, validTo: string | null) =>
      payerOf([...routed, exception({ validFrom, validTo })]).payer
    expect(during(today, today)).toBe(id('C-GRAN'))
    expect(during(dayFrom(1), null)).toBe(id('ORG-FYR'))
    expect(during(dayFrom(-9), dayFrom(-1))).toBe(id('ORG-FYR'))
  })

  test('[P8] a route freezes and ends with its employment, and ends when the company unticks the person', () => {
    const employment = bondId('employed', 'P06', 'C-GRAN')
    expect(payerOf([employed('P06', 'C-GRAN'), frozen(employment)]).payer).toBe('self')
    expect(payerOf([employed('P06', 'C-GRAN'), endSet(employment, dayFrom(3))]).payer).toBe(id('C-GRAN'))
    expect(payerOf([employed('P06', 'C-GRAN'), ended(employment)]).payer).toBe('self')
    const { facts } = given(employed('P06', 'C-GRAN'))
      .when('bond.end', { id: followerId('P06', 'C-GRAN') }, user('C-GRAN'))
      .thenChanges({ type: 'bondEnded' })
    expect(resolvePayer(id('P06'), '*', today, facts).payer).toBe('self')
  })

  test('[P9] the order in which facts are read makes no difference', () => {
    const same = { ago: 30 }
    const told = [
      employed('P06', 'C-GRAN', same),
      employed('P06', 'C-TALL', same),
      standing('org_membership', 'C-GRAN', 'ORG-FYR', same),
      standing('org_membership', 'C-GRAN', 'ORG-KOM', same),
      standing('billing', 'P06', 'C-SJO', same),
      standing('billing', 'P06', 'C-NORR', same),
      exception({ key: 'one', feeKind: 'test' }),
      exception({ key: 'two', feeKind: 'test', payer: 'person' }),
    ]
    const { facts } = given(...told)
    const backwards: Facts = { ...facts, find: (...where) => facts.find(...where).toReversed() }
    for (const fee of ['*', 'test', 'admin'] as const) {
      expect(resolvePayer(id('P06'), fee, today, backwards)).toEqual(
        resolvePayer(id('P06'), fee, today, facts),
      )
    }
  })

  test('[P10] only the person chooses, and only among the willing, or self', () => {
    const choose = (payer: string, feeKind = '*') => ({ payer, feeKind })
    const told = [employed('P06', 'C-GRAN')]
    given(...told)
      .when('payer.choose', choose(id('C-GRAN')), self('P06'))
      .thenChanges({ type: 'payerChosen', person: id('P06'), payer: id('C-GRAN'), feeKind: '*' })
    given(...told)
      .when('payer.choose', choose('self', 'test'), self('P06'))
      .thenChanges({ type: 'payerChosen', payer: 'self' })
    for (const payer of [id('C-TALL'), id('ORG-FYR'), id('P09'), 'nobody']) {
      given(...told)
        .when('payer.choose', choose(payer), self('P06'))
        .thenRefused('payer/not-willing', 'P10')
    }
    given(...told)
      .when('payer.choose', choose(id('C-GRAN')), user('C-GRAN'))
      .thenRefused('payer/not-allowed', 'P10')
  })

  test('[P11] a payer that is not used is told so, never who is used', () => {
    const entry = (told: readonly (Change | readonly Change[])[]) =>
      billingEntry(id('C-SJO'), bondId('billing', 'P06', 'C-SJO'), given(...told).facts, today)
    const others = [chosen('C-NORR'), chosen('self')].map((choice) => entry([...twoDirect, choice]))
    expect(others[0]).toMatchObject({ used: false, takenOverBy: null })
    expect(others[0]).toEqual(others[1])
    expect(entry([...twoDirect, chosen('C-SJO')])).toMatchObject({ used: true })
  })

  test('[P12] choosing touches no bond and nothing that has been, only who is next', () => {
    const { facts } = given(...twoDirect, chosen('C-SJO'))
    const before = facts.all('bond')
    givenFacts(facts)
      .when('payer.choose', { payer: id('C-NORR'), feeKind: '*' }, self('P06'))
      .thenChanges({ type: 'payerChosen', kind: 'payerChoice', at: now })
    expect(facts.all('bond')).toEqual(before)
    expect(resolvePayer(id('P06'), '*', today, facts).payer).toBe(id('C-NORR'))
    givenFacts(facts)
      .when('payer.choose', { payer: id('C-NORR'), feeKind: '*' }, self('P06'))
      .thenNothingChanges()
  })
})
