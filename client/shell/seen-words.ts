import { formatList } from '#client/i18n/format.ts'
import { t } from '#client/i18n/t.ts'
import type { SeenCategory } from '#shared/documents/entries.ts'
import type { Tier } from '#shared/parties/model.ts'

/** "kontaktuppgifter, registreringsstatus och licenser". */
export function seenWords(categories: readonly SeenCategory[]): string {
  return formatList(categories.map((category) => t(`seen.${category}`)))
}

/** What an organisation of this tier sees of those it is tied to, by Bilaga 1. */
export function seenByTier(tier: Tier | null): readonly SeenCategory[] {
  return tier === 'AF' || tier === 'BO'
    ? ['contact', 'status', 'licence', 'booking', 'documents']
    : ['contact']
}
