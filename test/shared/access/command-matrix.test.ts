import { expect, test } from 'vitest'
import { actorFor, systemActor, type Actor } from '#shared/access/actor.ts'
import { commandDefinitions } from '#shared/commands.ts'
import { must } from '#shared/kernel/must.ts'
import { asked, bondId, decide, employed, ended, endSet, frozen, given, standing } from '../bond-story.ts'
import {
  accountOf,
  dayFrom,
  id,
  self,
  system,
  today,
  typing,
  typingOrganisation,
  user,
} from '../demo-parties.ts'

/** Who may be at a button: every kind of role and tier. The bond is between P06 and Granbacka, which belongs to Fyrbåken. */
const actors: readonly (readonly [string, Actor])[] = [
  ['the person', self('P06')],
  ['its company, AF', user('C-GRAN')],
  ['BO, sees via company', user('ORG-FYR')],
  ['another person', self('P09')],
  ['another company, CU', user('C-SJO')],
  ['another company, AF', user('C-TALL')],
  ['another BO', user('ORG-KOM')],
  ['without agreement', user('E-SAARI')],
  ['the office', user('KANSLI')],
  ['the house', system],
]

const bond = bondId('employed', 'P06', 'C-GRAN')
const member = standing('org_membership', 'C-GRAN', 'ORG-FYR')
const states = {
  'asked by company': asked('employed', 'P06', 'C-GRAN'),
  'asked by person': asked('employed', 'P06', 'C-GRAN', { by: 'a' }),
  confirmed: employed('P06', 'C-GRAN'),
  'ending, by company': [...employed('P06', 'C-GRAN'), endSet(bond, dayFrom(1), 'b')],
  frozen: [...employed('P06', 'C-GRAN'), frozen(bond)],
  ended: [...employed('P06', 'C-GRAN'), ended(bond)],
}
const fresh = id('a fresh bond')
const inputs: Readonly<Record<string, (actor: Actor) => unknown>> = {
  'bond.propose': ({ role }) => ({
    id: fresh,
    type: 'other',
    other: role.kind === 'person' ? typingOrganisation('C-GRAN') : typing('P25'),
  }),
  'bond.confirm': () => ({ id: bond }),
  'bond.decline': () => ({ id: bond }),
  'bond.withdraw': () => ({ id: bond }),
  'bond.end': () => ({ id: bond }),
  'bond.cancel-end': () => ({ id: bond }),
  'bond.expire': () => ({ id: bond }),
  'bond.lapse': () => ({ id: bond }),
  'bond.freeze': () => ({ id: bond, reason: 'Tvist' }),
  'bond.unfreeze': () => ({ id: bond, reason: 'Utrett' }),
  'payer.choose': () => ({ payer: 'self', feeKind: '*' }),
  'role.remove': () => ({ id: given().facts.find('staffRole', 'party', id('C-GRAN'))[0]!.id }),
  'account.choose-locale': () => ({ locale: 'fi' }),
}
/** Only the bond commands look at the bond. */
const stateless = ['bond.propose', 'payer.choose', 'role.remove', 'account.choose-locale']

test('[A1] [B50] [B51] every command, every role, every state: the answers are those of the table', async () => {
  expect(Object.keys(inputs).sort()).toEqual(commandDefinitions.map(({ type }) => type).sort())
  const lines: string[] = []
  for (const { type } of commandDefinitions) {
    const cells = (stateless.includes(type) ? ['confirmed'] : Object.keys(states)) as (keyof typeof states)[]
    lines.push(
      '',
      `## ${type}`,
      '',
      `| | ${cells.map((state) => (stateless.includes(type) ? 'any' : state)).join(' | ')} |`,
    )
    lines.push(`|---|${cells.map(() => '---|').join('')}`)
    for (const [who, actor] of actors) {
      const answers = cells.map((state) => answer(type, actor, state))
      lines.push(`| ${who} | ${answers.join(' | ')} |`)
    }
  }
  const head = [
    '# Who is answered what',
    '',
    'The bond is an employment between Erik Åkesson (P06) and Granbacka, which belongs to Fyrbåken. ✓ accepted, = accepted and nothing',
    'changes, else the code and the rule. Made by `command-matrix.test.ts`; a change here is a change of rights.',
  ]
  await expect([...head, ...lines, ''].join('\n')).toMatchFileSnapshot('./command-matrix.md')
})

function answer(type: string, actor: Actor, state: keyof typeof states): string {
  const { facts } = given(member, states[state])
  const input = must(inputs[type], type)(actor)
  const decision = decide(facts, type, input, actor, { today: type === 'bond.lapse' ? dayFrom(1) : today })
  if (!decision.ok) return `${decision.refusal.code.replace('bond/', '')} ${decision.refusal.rule}`
  return decision.changes.length > 0 ? '✓' : '='
}

test('[A2] the roles of the table are made from accounts, as everywhere', () => {
  const { facts } = given()
  expect(actorFor(accountOf('P06'), id('P06'), facts)).toEqual(self('P06'))
  expect(systemActor.account).toBeNull()
})
