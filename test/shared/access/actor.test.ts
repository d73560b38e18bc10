import { describe, expect, test } from 'vitest'
import { actorFor, rolesOf } from '#shared/access/actor.ts'
import type { Change } from '#shared/changes.ts'
import { given } from '../bond-story.ts'
import { accountOf, id, now, self, strangers, user } from '../demo-parties.ts'

const roleOf = (person: string, company: string) => {
  const account = accountOf(person)
  const role = strangers()
    .find('staffRole', 'party', id(company))
    .find((one) => one.account === account)
  return role!.id
}
const grant = (person: string, company: string, administrator = true): Change => ({
  type: 'staffRoleGranted',
  kind: 'staffRole',
  id: id(`granted ${person} ${company}`),
  staffRole: { account: accountOf(person), party: id(company), administrator, title: '' },
})
const removed = (role: string): Change => ({
  type: 'staffRoleRemoved',
  kind: 'staffRole',
  id: role,
  by: 'x',
  at: now,
})
const granted = (person: string, company: string) => id(`granted ${person} ${company}`)

describe('who one may act as', () => {
  test('[A2] as oneself, and as an organisation one has an active role in', () => {
    const facts = strangers()
    expect(rolesOf(accountOf('P01'), facts).map((role) => role.party)).toEqual([id('C-GRAN'), id('P01')])
    expect(rolesOf(accountOf('P06'), facts).map((role) => role.party)).toEqual([id('P06')])
    expect(actorFor(accountOf('P06'), id('C-GRAN'), facts)).toBeUndefined()
    expect(actorFor(accountOf('P06'), id('P01'), facts)).toBeUndefined()
    expect(actorFor('nobody', id('P06'), facts)).toBeUndefined()
  })

  test('[A2] a removed role and a closed account give nothing', () => {
    const { facts } = given(removed(roleOf('P01', 'C-GRAN')))
    expect(actorFor(accountOf('P01'), id('C-GRAN'), facts)).toBeUndefined()
    const account = facts.get('account', accountOf('P06'))!
    facts.put('account', { ...account, state: 'closed' })
    expect(rolesOf(account.id, facts)).toEqual([])
  })

  test('[A2] only the office may freeze, and only an administrator administers', () => {
    expect(user('KANSLI').role.rights).toContain('bond.freeze')
    for (const key of ['C-GRAN', 'ORG-FYR', 'E-SAARI'])
      expect(user(key).role.rights).not.toContain('bond.freeze')
    const { facts } = given(grant('P06', 'C-GRAN', false))
    expect(actorFor(accountOf('P06'), id('C-GRAN'), facts)?.role.rights).not.toContain('staff.administer')
    expect(user('C-GRAN').role.rights).toContain('staff.administer')
  })
})

describe('taking a role from somebody', () => {
  test('[A4] one’s own is not one’s to remove', () => {
    given(grant('P06', 'C-GRAN'))
      .when('role.remove', { id: roleOf('P01', 'C-GRAN') }, user('C-GRAN'))
      .thenRefused('role/self', 'A4')
  })

  test('[A4] another’s is', () => {
    given(grant('P06', 'C-GRAN'))
      .when('role.remove', { id: granted('P06', 'C-GRAN') }, user('C-GRAN'))
      .thenChanges({ type: 'staffRoleRemoved', by: accountOf('P01') })
    given(grant('P06', 'C-GRAN'), removed(granted('P06', 'C-GRAN')))
      .when('role.remove', { id: granted('P06', 'C-GRAN') }, user('C-GRAN'))
      .thenNothingChanges()
  })

  test('[A5] the last administrator stays, also against somebody whose own role has just gone', () => {
    const actor = user('C-GRAN')
    given(grant('P06', 'C-GRAN'), removed(roleOf('P01', 'C-GRAN')))
      .when('role.remove', { id: granted('P06', 'C-GRAN') }, actor)
      .thenRefused('role/last', 'A5')
    given(grant('P06', 'C-GRAN', false))
      .when('role.remove', { id: granted('P06', 'C-GRAN') }, actor)
      .thenChanges({ type: 'staffRoleRemoved' })
  })

  test('[A6] to all but an administrator of the organisation the role does not exist', () => {
    const input = { id: roleOf('P01', 'C-GRAN') }
    const never = given().when('role.remove', { id: id('never') }, user('C-TALL')).decision
    for (const actor of [user('C-TALL'), user('ORG-FYR'), user('KANSLI'), self('P06'), self('P01')]) {
      expect(given().when('role.remove', input, actor).decision).toEqual(never)
    }
    given().when('role.remove', input, self('P06')).thenRefused('role/unknown', 'A6')
  })
})

describe('the language of mails', () => {
  test('[A2] an account chooses its own', () => {
    given()
      .when('account.choose-locale', { locale: 'fi' }, self('P06'))
      .thenChanges({ type: 'accountLocaleChosen', id: accountOf('P06'), locale: 'fi' })
    given().when('account.choose-locale', { locale: 'sv' }, self('P06')).thenNothingChanges()
    const { decision } = given().when(
      'account.choose-locale',
      { locale: 'fi' },
      { ...self('P06'), account: 'gone' },
    )
    expect(decision).toMatchObject({ ok: false, refusal: { code: 'account/not-allowed' } })
  })
})
