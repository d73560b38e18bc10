import { formatDay } from '#client/i18n/format.ts'
import { t } from '#client/i18n/t.ts'
import { seenByTier, seenWords } from '#client/shell/seen-words.ts'
import type { Day } from '#shared/kernel/time.ts'

interface Membership {
  readonly company: string
  readonly org: string
  readonly persons: number
}

/** What follows when a company's membership is confirmed: who is seen, what of them, who pays, from when (model §2.4). */
export function effectsOfConfirming(membership: Membership, today: Day): readonly string[] {
  const { company, org, persons } = membership
  return [
    t('effects.orgSees', { org, n: persons, categories: seenWords(seenByTier('BO')) }),
    t('effects.orgPays', { org, company, n: persons }),
    t('effects.laterToo', { company }),
    t('effects.from', { date: formatDay(today) }),
  ]
}

/** What follows when it ends (IS-77). */
export function effectsOfEnding(membership: Membership, day: Day): readonly string[] {
  const { company, org, persons } = membership
  return [
    t('effects.from', { date: formatDay(day) }),
    t('effects.orgStopsSeeing', { org, company, n: persons }),
    t('effects.orgStopsPaying', { company }),
    t('effects.told', { name: company }),
    t('effects.sentStays'),
  ]
}
