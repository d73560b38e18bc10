import type { deviceRefusals } from '#client/core/dispatch.ts'
import type { BondRefusal } from '#shared/bonds/refusals.ts'
import type { CommandRefusal } from '#shared/kernel/command-refusals.ts'
import type { Refusal } from '#shared/kernel/decision.ts'
import { must } from '#shared/kernel/must.ts'
import type { PartyRefusal } from '#shared/parties/commands.ts'
import type { PayerRefusal } from '#shared/payers/commands.ts'
import type { MessageKey } from './dictionary.ts'
import { fillText, pickForm } from './fill-text.ts'
import { formatDay, formatInstant } from './format.ts'
import { currentLanguage } from './language.ts'
import { t } from './t.ts'

/** Why this device, and not the rules, says no. */
export type DeviceRefusal = (typeof deviceRefusals)[keyof typeof deviceRefusals]
type RefusalCode = BondRefusal | PayerRefusal | PartyRefusal | CommandRefusal | DeviceRefusal
type Params = Readonly<Record<string, string>>

/** Every code the rules know has words; a new code without them does not compile. */
const refusalKey: { readonly [Code in RefusalCode]: MessageKey | ((params: Params) => MessageKey) } = {
  'bond/unknown': 'refusal.unknown',
  'bond/not-allowed': 'refusal.notAllowed',
  'bond/id-taken': 'refusal.idTaken',
  'bond/number-invalid': 'refusal.numberInvalid',
  'bond/organisation-number-invalid': 'orgnr.invalid',
  'bond/organisation-unknown': 'refusal.orgUnknown',
  'bond/not-an-organisation': 'refusal.orgNotFound',
  'bond/own-organisation': 'refusal.orgSelf',
  'bond/own-number': 'refusal.ownNumber',
  'bond/type-not-allowed': (params) => obstacleKey(params['obstacle']),
  'bond/not-your-firm': 'refusal.notYourFirm',
  'bond/wrong-side': 'refusal.wrongSide',
  'bond/exists': 'refusal.exists',
  'bond/asked-by-other': 'refusal.askedByOther',
  'bond/blocked': 'refusal.blocked',
  'bond/not-addressee': 'refusal.notAddressee',
  'bond/not-proposer': 'refusal.notProposer',
  'bond/withdrawn': 'refusal.withdrawn',
  'bond/already-answered': (params) => answeredKey(params['state']),
  'bond/not-standing': 'refusal.notStanding',
  'bond/frozen': 'refusal.frozen',
  'bond/not-yours-to-end': 'bo.notyours',
  'bond/reason-missing': 'refusal.reasonMissing',
  'bond/date-invalid': 'refusal.dateInvalid',
  'bond/date-before-start': 'refusal.dateBeforeStart',
  'bond/too-late': 'refusal.tooLate',
  'bond/not-due': 'refusal.notDue',
  'bond/changed-since-seen': 'refusal.changed',
  'payer/not-allowed': 'refusal.notAllowed',
  'payer/not-willing': 'refusal.payerNotWilling',
  'role/unknown': 'refusal.roleUnknown',
  'role/self': 'refusal.roleSelf',
  'role/last': 'refusal.roleLast',
  'account/not-allowed': 'refusal.notAllowed',
  'command/out-of-order': 'refusal.outOfOrder',
  'command/update-needed': 'refusal.updateNeeded',
  'command/not-allowed': 'refusal.notAllowed',
  'device/form': 'refusal.form',
  'device/full': 'refusal.full',
  'device/not-saved': 'refusal.notSaved',
  'device/together': 'refusal.together',
}

function obstacleKey(obstacle: string | undefined): MessageKey {
  const key = `obstacle.${obstacle ?? ''}`
  return isKey(key) ? key : 'obstacle.not-company-user'
}

function answeredKey(state: string | undefined): MessageKey {
  if (state === 'expired') return 'refusal.expired'
  return state === 'declined' ? 'refusal.alreadyAnswered' : 'refusal.alreadyConfirmed'
}

function isKey(key: string): key is MessageKey {
  return Object.hasOwn(must(currentLanguage(), 'dictionary').words, key)
}

/** What the text needs and the refusal does not carry: whom it was about, and the register's name. */
export interface RefusalContext {
  readonly name?: string | undefined
  readonly register?: string | undefined
  readonly value?: string | undefined
  /** Between a company and an organisation; such a double is told in its own words. */
  readonly membership?: boolean | undefined
}

/** The no in the user's language. A code this version has never heard of still gets a sentence, with the code in it. */
export function refusalText(refusal: Refusal, context: RefusalContext = {}): string {
  const { locale, words } = must(currentLanguage(), 'dictionary')
  const params = wordsFor(refusal, context)
  const found = Object.hasOwn(refusalKey, refusal.code) ? refusalKey[refusal.code as RefusalCode] : undefined
  if (found === undefined) return t('refusal.other', { code: refusal.code })
  const double = refusal.code === 'bond/exists' && context.membership === true
  const key = double
    ? 'refusal.memberExists'
    : typeof found === 'string'
      ? found
      : found(refusal.params ?? {})
  return fillText(pickForm(words[key], locale, undefined), locale, params)
}

function wordsFor(refusal: Refusal, context: RefusalContext): Params {
  const { params = {} } = refusal
  const name = context.name === undefined || context.name === '' ? t('party.other') : context.name
  const at = params['at']
  const day = params['until'] ?? params['validFrom']
  const { state, reason } = params
  const stateKey = context.membership === true ? linkKey(state) : `state.${state ?? ''}`
  const answerKey = `answer.${state ?? ''}`
  const reasonKey = `reason.${reason ?? ''}`
  return {
    value: context.value ?? '',
    register: context.register ?? 'registret',
    name,
    company: name,
    org: name,
    ...params,
    time: at === undefined ? '' : formatInstant(at),
    date: day === undefined ? '' : formatDay(day),
    state: isKey(stateKey) ? plain(stateKey) : (state ?? ''),
    answer: isKey(answerKey) ? plain(answerKey) : (state ?? ''),
    reason: isKey(reasonKey) ? plain(reasonKey) : (reason ?? ''),
    ...(params['name'] === '' ? { name } : {}),
  }
}

function linkKey(state: string | undefined): MessageKey {
  return state === 'proposed' ? 'state.pendingLink' : 'state.confirmedLink'
}

function plain(key: MessageKey): string {
  const { locale, words } = must(currentLanguage(), 'dictionary')
  return pickForm(words[key], locale, undefined)
}

/** Whether the person can be offered to end instead (rel.alreadyconfirmed). */
export function offersEnd(refusal: Refusal): boolean {
  return (
    refusal.code === 'bond/already-answered' &&
    answeredKey(refusal.params?.['state']) === 'refusal.alreadyConfirmed'
  )
}
