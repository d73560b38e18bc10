import { describe, expect, test } from 'vitest'
import {
  asked,
  bondId,
  bondOf,
  declined,
  employed,
  ended,
  endSet,
  followerId,
  frozen,
  given,
  givenFacts,
  standing,
} from '../bond-story.ts'
import { dayFrom, id, organisation, self, system, today, user } from '../demo-parties.ts'

const employment = bondId('employed', 'P06', 'C-GRAN')
const follower = followerId('P06', 'C-GRAN')
const reason = 'Anställningen har upphört'

describe('ending', () => {
  test.each([
    ['the person', self('P06'), 'a'],
    ['the company', user('C-GRAN'), 'b'],
  ])('[B31] %s ends what stands, today or on a later day', (_who, actor, by) => {
    given(standing('employed', 'P06', 'C-GRAN'))
      .when('bond.end', { id: employment, reason }, actor)
      .thenChanges({ type: 'bondEnded', validTo: today, by, reason })
    given(standing('employed', 'P06', 'C-GRAN'))
      .when('bond.end', { id: employment, date: dayFrom(30) }, actor)
      .thenChanges({ type: 'bondEndSet', validTo: dayFrom(30), by })
  })

  test('[B31] who ended it without a network ended it as of that day', () => {
    given(standing('employed', 'P06', 'C-GRAN', { ago: 10 }))
      .when('bond.end', { id: employment, date: dayFrom(-3) }, self('P06'))
      .thenChanges({ type: 'bondEnded', validTo: dayFrom(-3) })
  })

  test('[B31] never before it began, nor too far ahead, nor on a day that does not exist', () => {
    const end = (date: string) =>
      given(standing('employed', 'P06', 'C-GRAN', { ago: 10 })).when(
        'bond.end',
        { id: employment, date },
        self('P06'),
      )
    end(dayFrom(-10)).thenRefused('bond/date-before-start', 'B31', { validFrom: dayFrom(-9) })
    end('2028-11-24').thenRefused('bond/date-invalid', 'B31')
    end('2028-11-23').thenChanges({ type: 'bondEndSet' })
    end('2027-02-31').thenRefused('bond/date-invalid', 'B31')
  })

  test('[B31] what does not stand cannot be ended', () => {
    given(declined('employed', 'P06', 'C-GRAN'))
      .when('bond.end', { id: employment }, self('P06'))
      .thenRefused('bond/not-standing', 'B31', { state: 'declined' })
    given(asked('employed', 'P06', 'C-GRAN'))
      .when('bond.end', { id: employment }, self('P06'))
      .thenRefused('bond/not-standing', 'B31', { state: 'proposed' })
  })

  test('[B30] “Avsluta relation” on one’s own waiting request takes it back', () => {
    const told = asked('employed', 'P06', 'C-GRAN')
    const { facts } = given(told)
      .when('bond.end', { id: employment }, user('C-GRAN'))
      .thenChanges({ type: 'bondWithdrawn' })
    givenFacts(facts).when('bond.end', { id: employment }, user('C-GRAN')).thenNothingChanges()
  })

  test('[B32] what has ended stays ended, and of two days the earlier stands', () => {
    given(standing('employed', 'P06', 'C-GRAN'), ended(employment, 'b', dayFrom(-1)))
      .when('bond.end', { id: employment }, self('P06'))
      .thenNothingChanges()
    const set = [...standing('employed', 'P06', 'C-GRAN'), endSet(employment, dayFrom(20))]
    given(set)
      .when('bond.end', { id: employment, date: dayFrom(30) }, self('P06'))
      .thenNothingChanges()
    given(set)
      .when('bond.end', { id: employment, date: dayFrom(10) }, self('P06'))
      .thenChanges({ type: 'bondEndSet', validTo: dayFrom(10), by: 'a' })
    given(set).when('bond.end', { id: employment }, self('P06')).thenChanges({ type: 'bondEnded' })
  })

  test('[B33] only who set an end takes it back, and only before its day', () => {
    const set = [...standing('employed', 'P06', 'C-GRAN'), endSet(employment, dayFrom(20), 'b')]
    given(set)
      .when('bond.cancel-end', { id: employment }, user('C-GRAN'))
      .thenChanges({ type: 'bondEndCancelled', id: employment })
    given(set)
      .when('bond.cancel-end', { id: employment }, self('P06'))
      .thenRefused('bond/not-proposer', 'B33')
    given(set)
      .when('bond.cancel-end', { id: employment }, user('C-GRAN'), { today: dayFrom(20) })
      .thenRefused('bond/too-late', 'B33')
    given(standing('employed', 'P06', 'C-GRAN'))
      .when('bond.cancel-end', { id: employment }, self('P06'))
      .thenNothingChanges()
    given(standing('employed', 'P06', 'C-GRAN'), ended(employment))
      .when('bond.cancel-end', { id: employment }, user('C-GRAN'))
      .thenRefused('bond/not-standing', 'B33')
  })

  test('[B33] with the end the payment’s end is taken back, but not what the other side ended for the same day', () => {
    const both = [...employed('P06', 'C-GRAN'), endSet(employment, dayFrom(20), 'a')]
    given(both, endSet(follower, dayFrom(20), 'a'))
      .when('bond.cancel-end', { id: employment }, self('P06'))
      .thenChanges({ type: 'bondEndCancelled', id: employment }, { type: 'bondEndCancelled', id: follower })
    given(both, endSet(follower, dayFrom(20), 'b'))
      .when('bond.cancel-end', { id: employment }, self('P06'))
      .thenChanges({ type: 'bondEndCancelled', id: employment })
  })

  test('[B33] the office takes back an end it has set', () => {
    const { facts } = given(standing('employed', 'P06', 'C-GRAN'))
      .when('bond.end', { id: employment, date: dayFrom(5), reason }, user('KANSLI'))
      .thenChanges({ type: 'bondEndSet', by: 'operator' })
    givenFacts(facts)
      .when('bond.cancel-end', { id: employment }, user('C-GRAN'))
      .thenRefused('bond/not-proposer', 'B33')
    givenFacts(facts)
      .when('bond.cancel-end', { id: employment }, user('KANSLI'))
      .thenChanges({ type: 'bondEndCancelled' })
  })

  test('[B34] the payment that follows ends the same day', () => {
    given(employed('P06', 'C-GRAN'))
      .when('bond.end', { id: employment, date: dayFrom(5) }, self('P06'))
      .thenChanges(
        { type: 'bondEndSet', id: employment, validTo: dayFrom(5) },
        { type: 'bondEndSet', id: follower, validTo: dayFrom(5) },
      )
    given(employed('P06', 'C-GRAN'))
      .when('bond.end', { id: employment }, self('P06'))
      .thenChanges({ type: 'bondEnded', id: employment }, { type: 'bondEnded', id: follower })
  })

  test('[B34] a direct payment stays, and one that ends earlier ends then', () => {
    given(standing('employed', 'P06', 'C-GRAN'), standing('billing', 'P06', 'C-GRAN'))
      .when('bond.end', { id: employment }, self('P06'))
      .thenChanges({ type: 'bondEnded', id: employment })
    given(employed('P06', 'C-GRAN'), endSet(follower, dayFrom(2)))
      .when('bond.end', { id: employment, date: dayFrom(5) }, self('P06'))
      .thenChanges({ type: 'bondEndSet', id: employment })
  })

  test('[B34] a frozen payment does not outlive the employment', () => {
    given(employed('P06', 'C-GRAN'), frozen(follower))
      .when('bond.end', { id: employment }, self('P06'))
      .thenChanges({ type: 'bondEnded', id: employment }, { type: 'bondEnded', id: follower })
  })

  test('[B34] a payment whose own end was taken back still ends with the employment', () => {
    given(employed('P06', 'C-GRAN'), endSet(employment, today))
      .when('bond.lapse', { id: employment }, system)
      .thenChanges({ type: 'bondEnded', id: employment }, { type: 'bondEnded', id: follower })
  })

  test('[B35] a broker organisation is told whose the employment is', () => {
    const params = { company: organisation('C-GRAN').name }
    const told = [...employed('P06', 'C-GRAN'), ...standing('org_membership', 'C-GRAN', 'ORG-FYR')]
    for (const bond of [employment, follower]) {
      given(told)
        .when('bond.end', { id: bond }, user('ORG-FYR'))
        .thenRefused('bond/not-yours-to-end', 'B35', params)
      given(employed('P06', 'C-GRAN'), asked('org_membership', 'C-GRAN', 'ORG-FYR'))
        .when('bond.end', { id: bond }, user('ORG-FYR'))
        .thenRefused('bond/unknown', 'B50')
    }
  })

  test('[B35] of a protected identity it is told nothing', () => {
    given(employed('P21', 'C-GRUV'), standing('org_membership', 'C-GRUV', 'ORG-FYR'))
      .when('bond.end', { id: bondId('employed', 'P21', 'C-GRUV') }, user('ORG-FYR'))
      .thenRefused('bond/unknown', 'B50')
  })

  test('[B36] on its day a set end takes effect, by the house alone', () => {
    const set = [...standing('employed', 'P06', 'C-GRAN'), endSet(employment, dayFrom(1), 'a', reason)]
    given(set)
      .when('bond.lapse', { id: employment }, system, { today: dayFrom(1) })
      .thenChanges({ type: 'bondEnded', validTo: dayFrom(1), by: 'a', reason })
    given(set).when('bond.lapse', { id: employment }, system).thenRefused('bond/not-due', 'B36')
    given(set).when('bond.lapse', { id: employment }, self('P06')).thenRefused('bond/not-allowed', 'B51')
    given(standing('employed', 'P06', 'C-GRAN'))
      .when('bond.lapse', { id: employment }, system)
      .thenRefused('bond/unknown', 'B36')
  })

  test('[B37] ending the payment leaves the relation', () => {
    const { facts } = given(employed('P13', 'C-BJORK'))
      .when('bond.end', { id: followerId('P13', 'C-BJORK') }, user('C-BJORK'))
      .thenChanges({ type: 'bondEnded', id: followerId('P13', 'C-BJORK') })
    expect(bondOf(facts, bondId('employed', 'P13', 'C-BJORK')).state).toBe('confirmed')
  })
})

describe('the operator', () => {
  const stands = standing('employed', 'P06', 'C-GRAN')

  test('[B40] only the office freezes and thaws, with a reason', () => {
    given(stands)
      .when('bond.freeze', { id: employment, reason: 'Tvist' }, user('KANSLI'))
      .thenChanges({ type: 'bondFrozen', reason: 'Tvist' })
    for (const actor of [user('C-GRAN'), self('P06'), user('ORG-FYR')]) {
      given(stands)
        .when('bond.freeze', { id: employment, reason: 'Tvist' }, actor)
        .thenRefused('bond/unknown', 'B50')
      given(stands, frozen(employment))
        .when('bond.unfreeze', { id: employment, reason: 'Utrett' }, actor)
        .thenRefused('bond/unknown', 'B50')
    }
    expect(() => given(stands).when('bond.freeze', { id: employment, reason: '  ' }, user('KANSLI'))).toThrow(
      /length/,
    )
    given(asked('employed', 'P06', 'C-GRAN'))
      .when('bond.freeze', { id: employment, reason: 'Tvist' }, user('KANSLI'))
      .thenRefused('bond/not-standing', 'B40')
  })

  test('[B40] what is frozen cannot be ended but by the office', () => {
    given(stands, frozen(employment))
      .when('bond.end', { id: employment }, self('P06'))
      .thenRefused('bond/frozen', 'B40')
    given(stands, frozen(employment))
      .when('bond.end', { id: employment, reason }, user('KANSLI'))
      .thenChanges({ type: 'bondEnded', by: 'operator' })
  })

  test('[B41] the office ends only with a reason, which stands on the bond; a side needs none', () => {
    for (const empty of ['', '   ']) {
      given(stands)
        .when('bond.end', { id: employment, reason: empty }, user('KANSLI'))
        .thenRefused('bond/reason-missing', 'B41')
    }
    given(stands)
      .when('bond.end', { id: employment, reason }, user('KANSLI'))
      .thenChanges({ type: 'bondEnded', by: 'operator', reason })
    given(stands)
      .when('bond.end', { id: employment }, self('P06'))
      .thenChanges({ type: 'bondEnded', by: 'a' })
  })

  test('[B40] what thaws stands as before, with its end', () => {
    const { facts } = given(stands, endSet(employment, dayFrom(9)), frozen(employment))
      .when('bond.unfreeze', { id: employment, reason: 'Utrett' }, user('KANSLI'))
      .thenChanges({ type: 'bondUnfrozen' })
    expect(bondOf(facts, employment)).toMatchObject({ state: 'ending', validTo: dayFrom(9) })
  })

  test('[B40] an end whose day came while it was frozen has come when it thaws', () => {
    const { facts } = given(employed('P06', 'C-GRAN'), endSet(employment, dayFrom(9)), frozen(employment))
      .when('bond.unfreeze', { id: employment, reason: 'Utrett' }, user('KANSLI'), { today: dayFrom(9) })
      .thenChanges(
        { type: 'bondUnfrozen' },
        { type: 'bondEnded', id: employment },
        { type: 'bondEnded', id: follower },
      )
    expect(bondOf(facts, employment).state).toBe('ended')
  })

  test('[B40] freezing twice and thawing twice is once', () => {
    given(stands, frozen(employment))
      .when('bond.freeze', { id: employment, reason: 'Tvist' }, user('KANSLI'))
      .thenNothingChanges()
    given(stands)
      .when('bond.unfreeze', { id: employment, reason: 'Utrett' }, user('KANSLI'))
      .thenNothingChanges()
  })
})

describe('strangers', () => {
  const commands: readonly [string, object][] = [
    ['bond.confirm', {}],
    ['bond.decline', {}],
    ['bond.withdraw', {}],
    ['bond.end', {}],
    ['bond.end', { date: dayFrom(4), reason }],
    ['bond.cancel-end', {}],
    ['bond.freeze', { reason }],
    ['bond.unfreeze', { reason }],
  ]
  const states = [
    asked('employed', 'P06', 'C-GRAN'),
    standing('employed', 'P06', 'C-GRAN'),
    [...standing('employed', 'P06', 'C-GRAN'), endSet(employment, dayFrom(9))],
    [...standing('employed', 'P06', 'C-GRAN'), frozen(employment)],
    [...standing('employed', 'P06', 'C-GRAN'), ended(employment)],
    declined('employed', 'P06', 'C-GRAN'),
  ]

  test.each(commands)(
    '[B50] to %s %j of a stranger there is no difference between a bond and none',
    (type, input) => {
      for (const actor of [self('P09'), user('C-TALL'), user('ORG-FYR'), user('E-SAARI'), self('P01')]) {
        const never = given().when(type, { id: id('never used'), ...input }, actor).decision
        for (const told of states) {
          const { decision } = given(told).when(type, { id: employment, ...input }, actor)
          expect(decision).toEqual(never)
          expect(decision).toMatchObject({ ok: false, refusal: { code: 'bond/unknown' } })
        }
      }
    },
  )

  test('[B51] a party without the right hears of the right before the state', () => {
    const bond = bondId('other', 'P06', 'E-SAARI')
    for (const told of [asked('other', 'P06', 'E-SAARI', { by: 'a' }), declined('other', 'P06', 'E-SAARI')]) {
      given(told).when('bond.confirm', { id: bond }, user('E-SAARI')).thenRefused('bond/not-allowed', 'B51')
      given(told).when('bond.end', { id: bond }, user('E-SAARI')).thenRefused('bond/not-allowed', 'B51')
    }
  })

  test('[B51] the state is looked at before the values', () => {
    given(declined('employed', 'P06', 'C-GRAN'))
      .when('bond.end', { id: employment, date: '2027-02-31' }, self('P06'))
      .thenRefused('bond/not-standing', 'B31')
  })
})
