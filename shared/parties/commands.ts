import * as v from 'valibot'
import { hasRight } from '../access/actor.ts'
import { defineCommand, type AnyCommandDefinition, type Request } from '../kernel/command.ts'
import { accept, refuse, type Decision } from '../kernel/decision.ts'
import type { Facts } from '../kernel/facts.ts'
import { idField } from '../kernel/fields.ts'

export const partyRefusals = ['role/unknown', 'role/self', 'role/last', 'account/not-allowed'] as const
export type PartyRefusal = (typeof partyRefusals)[number]

const removeInput = v.strictObject({ id: idField })
const localeInput = v.strictObject({ locale: v.picklist(['sv', 'nb', 'fi', 'de', 'en']) })

/** Takes a role from somebody who left. Never one's own, never the last administrator's (AC-16). */
export function decideRemoveRole(
  request: Request<v.InferOutput<typeof removeInput>>,
  facts: Facts,
): Decision<PartyRefusal> {
  const { actor, input, now } = request
  const role = facts.get('staffRole', input.id)
  if (!hasRight(actor, 'staff.administer')) return refuse('role/unknown', 'A6')
  // No document shows the roles of others, so a device cannot know.
  if (role === undefined && !facts.complete) return accept()
  if (role === undefined || role.party !== actor.role.party) return refuse('role/unknown', 'A6')
  if (role.account === actor.account) return refuse('role/self', 'A4')
  if (role.state === 'removed') return accept()
  const administrators = facts
    .find('staffRole', 'party', role.party)
    .filter((other) => other.state === 'active' && other.administrator)
  if (role.administrator && administrators.length <= 1) return refuse('role/last', 'A5')
  return accept({
    type: 'staffRoleRemoved',
    kind: 'staffRole',
    id: role.id,
    by: actor.account ?? 'system',
    at: now,
  })
}

/** The language of mails to this account. The screen's language is the device's own matter. */
export function decideLocale(
  request: Request<v.InferOutput<typeof localeInput>>,
  facts: Facts,
): Decision<PartyRefusal> {
  const { actor, input } = request
  const account = actor.account === null ? undefined : facts.get('account', actor.account)
  if (account === undefined) return facts.complete ? refuse('account/not-allowed', 'A2') : accept()
  if (account.locale === input.locale) return accept()
  return accept({ type: 'accountLocaleChosen', kind: 'account', id: account.id, locale: input.locale })
}

export const partyCommands: readonly AnyCommandDefinition[] = [
  defineCommand<v.InferOutput<typeof removeInput>>({
    type: 'role.remove',
    version: 1,
    about: 'Take from somebody the role of acting for the organisation.',
    input: removeInput,
    refusals: partyRefusals,
    decide: decideRemoveRole,
  }),
  defineCommand<v.InferOutput<typeof localeInput>>({
    type: 'account.choose-locale',
    version: 1,
    about: 'Choose the language of mails.',
    input: localeInput,
    refusals: partyRefusals,
    decide: decideLocale,
  }),
]
