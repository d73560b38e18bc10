import { describe, expect, test } from 'vitest'
import type { Change } from '#shared/changes.ts'
import {
  asked,
  bondId,
  bondOf,
  declined,
  employed,
  ended,
  followerId,
  given,
  standing,
} from '../bond-story.ts'
import { id, now, organisation, self, today, typing, user } from '../demo-parties.ts'

const employment = bondId('employed', 'P06', 'C-GRAN')
const billing = bondId('billing', 'P06', 'C-GRAN')
const fresh = id('a fresh bond')

describe('answering', () => {
  test('[B7] the proposer cannot confirm for the other', () => {
    given(asked('employed', 'P06', 'C-GRAN', { by: 'b' }))
      .when('bond.confirm', { id: employment }, user('C-GRAN'))
      .thenRefused('bond/not-addressee', 'B7')
    given(asked('employed', 'P06', 'C-GRAN', { by: 'a' }))
      .when('bond.confirm', { id: employment }, self('P06'))
      .thenRefused('bond/not-addressee', 'B7')
    given(asked('org_membership', 'C-GRAN', 'ORG-FYR', { by: 'a' }))
      .when('bond.confirm', { id: bondId('org_membership', 'C-GRAN', 'ORG-FYR') }, user('C-GRAN'))
      .thenRefused('bond/not-addressee', 'B7')
  })

  test('[B20] the side that was asked confirms or declines', () => {
    given(asked('other', 'P06', 'C-GRAN'))
      .when('bond.confirm', { id: bondId('other', 'P06', 'C-GRAN') }, self('P06'))
      .thenChanges({ type: 'bondConfirmed', validFrom: today })
    given(asked('employed', 'P06', 'C-GRAN', { by: 'a' }))
      .when('bond.decline', { id: employment }, user('C-GRAN'))
      .thenChanges({ type: 'bondDeclined' })
    given(asked('org_membership', 'C-GRAN', 'ORG-FYR', { by: 'a' }))
      .when('bond.confirm', { id: bondId('org_membership', 'C-GRAN', 'ORG-FYR') }, user('ORG-FYR'))
      .thenChanges({ type: 'bondConfirmed' })
  })

  test('[B20] the proposer cannot decline either', () => {
    given(asked('employed', 'P06', 'C-GRAN'))
      .when('bond.decline', { id: employment }, user('C-GRAN'))
      .thenRefused('bond/not-addressee', 'B7')
  })

  test.each(['bond.confirm', 'bond.decline'])(
    '[B21] %s comes too late after the request was taken back',
    (type) => {
      given(asked('employed', 'P06', 'C-GRAN'), {
        type: 'bondWithdrawn',
        kind: 'bond',
        id: employment,
        at: '2026-11-23T10:42:00.000Z',
      })
        .when(type, { id: employment }, self('P06'), { now: '2026-11-23T12:00:00.000Z' })
        .thenRefused('bond/withdrawn', 'B21', { at: '2026-11-23T10:42:00.000Z' })
    },
  )

  test.each([
    ['confirmed', standing('employed', 'P06', 'C-GRAN')],
    ['declined', declined('employed', 'P06', 'C-GRAN')],
    ['ended', [...standing('employed', 'P06', 'C-GRAN'), ended(employment)]],
    ['expired', [...asked('employed', 'P06', 'C-GRAN'), expired(employment)]],
  ])('[B21] what has been %s cannot be answered again', (state, told) => {
    for (const type of ['bond.confirm', 'bond.decline']) {
      given(told)
        .when(type, { id: employment }, self('P06'))
        .thenRefused('bond/already-answered', 'B21', { state })
    }
  })

  test('[B22] a proposal of a tied agent is refused when the firm is no securities firm any more', () => {
    const changed: Change = {
      type: 'organisationEntered',
      kind: 'organisation',
      id: id('C-BJORK'),
      organisation: { ...organisation('C-BJORK'), kind: 'brokerage' },
    }
    const input = { id: bondId('tied_agent', 'P06', 'C-BJORK') }
    given(asked('tied_agent', 'P06', 'C-BJORK'), changed)
      .when('bond.confirm', input, self('P06'))
      .thenRefused('bond/type-not-allowed', 'B22', { obstacle: 'securities-firm' })
    const { facts } = given(standing('tied_agent', 'P06', 'C-BJORK'), changed)
    expect(bondOf(facts, input.id).state).toBe('confirmed')
  })

  test('[B22] a company that has left the register cannot be taken on as a member', () => {
    const left: Change = {
      type: 'organisationEntered',
      kind: 'organisation',
      id: id('C-GRAN'),
      organisation: { ...organisation('C-GRAN'), tier: null },
    }
    given(asked('org_membership', 'C-GRAN', 'ORG-FYR', { by: 'a' }), left)
      .when('bond.confirm', { id: bondId('org_membership', 'C-GRAN', 'ORG-FYR') }, user('ORG-FYR'))
      .thenRefused('bond/type-not-allowed', 'B22')
  })

  test.each(['a', 'b'] as const)('[B23] the payment follows a confirmed employment asked by %s', (by) => {
    const { facts } = given(asked('employed', 'P06', 'C-GRAN', { by }))
      .when('bond.confirm', { id: employment }, by === 'b' ? self('P06') : user('C-GRAN'))
      .thenChanges(
        { type: 'bondConfirmed', id: employment },
        {
          type: 'bondProposed',
          bondType: 'billing',
          a: id('P06'),
          b: id('C-GRAN'),
          follows: employment,
          by: 'b',
        },
        { type: 'bondConfirmed' },
      )
    expect(facts.find('bond', 'a', id('P06'))).toHaveLength(2)
  })

  test('[B23] no payment follows other relations', () => {
    given(asked('other', 'P06', 'C-GRAN'))
      .when('bond.confirm', { id: bondId('other', 'P06', 'C-GRAN') }, self('P06'))
      .thenChanges({ type: 'bondConfirmed' })
  })

  test('[B23] a no to paying, said while the employment was asked for, stays a no', () => {
    given(asked('employed', 'P09', 'C-TALL', { by: 'a' }), declined('billing', 'P09', 'C-TALL', { by: 'a' }))
      .when('bond.confirm', { id: bondId('employed', 'P09', 'C-TALL') }, user('C-TALL'))
      .thenChanges({ type: 'bondConfirmed' })
    given(asked('employed', 'P06', 'C-GRAN'), declined('billing', 'P06', 'C-GRAN'))
      .when('bond.confirm', { id: employment }, self('P06'))
      .thenChanges({ type: 'bondConfirmed' })
  })

  test('[B23] a no from before the employment was asked for does not bind it', () => {
    given(declined('billing', 'P06', 'C-GRAN', { by: 'a', ago: 100 }), asked('employed', 'P06', 'C-GRAN'))
      .when('bond.confirm', { id: employment }, self('P06'))
      .thenChanges(
        { type: 'bondConfirmed' },
        { type: 'bondProposed', follows: employment },
        { type: 'bondConfirmed' },
      )
  })

  test('[B23] whoever pays already is not asked a second time', () => {
    given(standing('billing', 'P06', 'C-GRAN'), asked('employed', 'P06', 'C-GRAN'))
      .when('bond.confirm', { id: employment }, self('P06'))
      .thenChanges({ type: 'bondConfirmed', id: employment })
  })

  test('[B24] one yes of the company, two bonds', () => {
    const told = [
      ...asked('employed', 'P09', 'C-TALL', { by: 'a' }),
      ...asked('billing', 'P09', 'C-TALL', { by: 'a' }),
    ]
    given(told)
      .when('bond.confirm', { id: bondId('employed', 'P09', 'C-TALL') }, user('C-TALL'))
      .thenChanges(
        { type: 'bondConfirmed', id: bondId('employed', 'P09', 'C-TALL') },
        { type: 'bondConfirmed', id: bondId('billing', 'P09', 'C-TALL') },
      )
  })

  test('[B24] a person’s yes to an employment is not the company’s yes to the person’s request', () => {
    const { facts } = given(
      asked('billing', 'P06', 'C-GRAN', { by: 'a' }),
      asked('employed', 'P06', 'C-GRAN'),
    )
      .when('bond.confirm', { id: employment }, self('P06'))
      .thenChanges(
        { type: 'bondConfirmed', id: employment },
        { type: 'bondWithdrawn', id: billing },
        { type: 'bondProposed', bondType: 'billing', follows: employment },
        { type: 'bondConfirmed' },
      )
    expect(bondOf(facts, billing).state).toBe('withdrawn')
  })

  test('[B24] no other relation answers a request to pay', () => {
    given(asked('billing', 'P06', 'C-GRAN', { by: 'a' }), asked('other', 'P06', 'C-GRAN', { by: 'a' }))
      .when('bond.confirm', { id: bondId('other', 'P06', 'C-GRAN') }, user('C-GRAN'))
      .thenChanges({ type: 'bondConfirmed', id: bondId('other', 'P06', 'C-GRAN') })
  })

  test('[B25] a no gives no reason and has no room for one', () => {
    const { facts } = given(asked('employed', 'P06', 'C-GRAN'))
      .when('bond.decline', { id: employment }, self('P06'))
      .thenChanges({ type: 'bondDeclined' })
    const bond = bondOf(facts, employment)
    expect(Object.keys(bond).toSorted().join(' ')).toBe(
      'a answeredAt b follows id note proposedAt proposedBy rev state type typed',
    )
    const withReason = () =>
      given(asked('employed', 'P06', 'C-GRAN')).when(
        'bond.decline',
        { id: employment, reason: 'nej' },
        self('P06'),
      )
    expect(withReason).toThrow(/reason/)
  })

  test('[B26] an offer to pay is accepted at once where there is a relation, and waits where there is none', () => {
    const offer = { id: fresh, type: 'billing', other: typing('P06') }
    given(standing('other', 'P06', 'C-GRAN'))
      .when('bond.propose', offer, user('C-GRAN'))
      .thenChanges({ type: 'bondProposed', follows: null }, { type: 'bondConfirmed', id: fresh })
    for (const told of [[], asked('other', 'P06', 'C-GRAN'), standing('other', 'P06', 'C-TALL')]) {
      given(told).when('bond.propose', offer, user('C-GRAN')).thenChanges({ type: 'bondProposed' })
    }
  })

  test('[B26] an offer that waits is accepted with the relation it waited for', () => {
    given(asked('billing', 'P06', 'C-GRAN'), asked('employed', 'P06', 'C-GRAN'))
      .when('bond.confirm', { id: employment }, self('P06'))
      .thenChanges({ type: 'bondConfirmed', id: employment }, { type: 'bondConfirmed', id: billing })
    given(asked('billing', 'P06', 'C-GRAN'), asked('other', 'P06', 'C-GRAN', { by: 'a' }))
      .when('bond.confirm', { id: bondId('other', 'P06', 'C-GRAN') }, user('C-GRAN'))
      .thenChanges({ type: 'bondConfirmed' }, { type: 'bondConfirmed', id: billing })
  })

  test('[B26] a person’s request to pay is never accepted by the relation alone', () => {
    const request = { id: fresh, type: 'billing', other: { party: id('C-GRAN') } }
    given(standing('employed', 'P06', 'C-GRAN'))
      .when('bond.propose', request, self('P06'))
      .thenChanges({ type: 'bondProposed', by: 'a' })
  })

  test('[B27] whoever saw an older version is asked to look again', () => {
    given(asked('employed', 'P06', 'C-GRAN'))
      .when('bond.confirm', { id: employment, rev: 2 }, self('P06'))
      .thenRefused('bond/changed-since-seen', 'B27')
    given(asked('other', 'P06', 'C-GRAN'))
      .when('bond.confirm', { id: bondId('other', 'P06', 'C-GRAN'), rev: 1 }, self('P06'))
      .thenChanges({ type: 'bondConfirmed' })
  })

  test('[B30] only the proposer takes a request back, and only while nobody has answered', () => {
    const input = { id: employment }
    given(asked('employed', 'P06', 'C-GRAN'))
      .when('bond.withdraw', input, user('C-GRAN'))
      .thenChanges({ type: 'bondWithdrawn', at: now })
    given(asked('employed', 'P06', 'C-GRAN'))
      .when('bond.withdraw', input, self('P06'))
      .thenRefused('bond/not-proposer', 'B30')
    given(standing('employed', 'P06', 'C-GRAN'))
      .when('bond.withdraw', input, user('C-GRAN'))
      .thenRefused('bond/already-answered', 'B30', { state: 'confirmed' })
    given(declined('employed', 'P06', 'C-GRAN'))
      .when('bond.withdraw', input, user('C-GRAN'))
      .thenRefused('bond/already-answered', 'B21', { state: 'declined' })
    given(asked('employed', 'P06', 'C-GRAN'), {
      type: 'bondWithdrawn',
      kind: 'bond',
      id: employment,
      at: now,
    })
      .when('bond.withdraw', input, user('C-GRAN'))
      .thenNothingChanges()
  })

  test('[B30] a payment that follows is nobody’s request to take back', () => {
    given(employed('P06', 'C-GRAN'))
      .when('bond.withdraw', { id: followerId('P06', 'C-GRAN') }, user('C-GRAN'))
      .thenRefused('bond/already-answered', 'B30', { state: 'confirmed' })
  })
})

function expired(bond: string): Change {
  return { type: 'bondExpired', kind: 'bond', id: bond, at: now }
}
