import { formatDay } from '#client/i18n/format.ts'
import { t } from '#client/i18n/t.ts'
import type { Bond } from '#shared/bonds/model.ts'

/** "Anställd", "Anställd (Väntar på svar)", "Anställd (upphör 30 november 2026)". */
export function relationText(bond: Bond): string {
  const relation = t(`bond.${bond.type}`)
  switch (bond.state) {
    case 'proposed':
      return t('rel.waiting', { relation })
    case 'ending':
      return t('rel.ending', { relation, date: formatDay(bond.validTo) })
    case 'frozen':
      return t('rel.frozen', { relation })
    case 'confirmed':
    case 'ended':
    case 'declined':
    case 'withdrawn':
    case 'expired':
      return relation
  }
}
