import { formatDay } from '#client/i18n/format.ts'
import { t } from '#client/i18n/t.ts'
import { seenByTier, seenWords } from '#client/shell/seen-words.ts'
import type { Bond } from '#shared/bonds/model.ts'
import type { Day } from '#shared/kernel/time.ts'
import type { Tier } from '#shared/parties/model.ts'

/** What an organisation brings about by ending its relation to a person (IS-74). */
export function effectsOfEndingContact(
  bond: Bond,
  name: string,
  company: string,
  day: Day,
): readonly string[] {
  return [
    t('effects.leavesList', { name, date: formatDay(day) }),
    t('effects.stopsSeeing', { name }),
    ...(bond.type === 'employed' ? [t('effects.stopsPaying', { company, name })] : []),
    t('effects.told', { name }),
    t('effects.sentStays'),
  ]
}

/** What an organisation takes on by saying yes to a person; a request to be paid for is answered in the same act (AC-3). */
export function effectsOfConfirmingContact(
  bond: Bond,
  name: string,
  company: { readonly name: string; readonly tier: Tier | null },
  asksPayment: boolean,
  today: Day,
): readonly string[] {
  return [
    t('effects.youSee', { name, categories: seenWords(seenByTier(company.tier)) }),
    ...(bond.type === 'employed' && !asksPayment
      ? [t('effects.companyPays', { company: company.name, name })]
      : []),
    ...(asksPayment ? [t('effects.billingToo', { company: company.name, name })] : []),
    t('effects.from', { date: formatDay(today) }),
  ]
}
