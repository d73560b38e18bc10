export const locales = ['sv', 'nb', 'fi', 'de', 'en'] as const
export type Locale = (typeof locales)[number]

/** The language a person has chosen; Swedish, the house's first, for anything else. */
export function localeOf(text: string): Locale {
  const language = text.split('-', 1)[0]
  return locales.find((locale) => locale === language) ?? 'sv'
}
