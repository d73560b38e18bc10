import { must } from '#shared/kernel/must.ts'
import type { ArgumentsOf, MessageKey } from './dictionary.ts'
import { fillText, pickForm } from './fill-text.ts'
import { currentLanguage, type Locale } from './language.ts'

/** The words for a key in the language of now; re-read when the language changes. */
export function t<K extends MessageKey>(key: K, ...given: ArgumentsOf<K>): string {
  const { locale, words } = must(currentLanguage(), 'dictionary')
  const params = (given[0] ?? {}) as Readonly<Record<string, string | number>>
  return fillText(pickForm(words[key], locale, params['n']), locale, params)
}

/** The language of now, for sorting and for Intl. */
export function locale(): Locale {
  return currentLanguage()?.locale ?? 'sv'
}
