import { createSignal } from 'solid-js'
import type { Dictionary } from './dictionary.ts'

export const locales = ['sv', 'nb', 'fi', 'de', 'en'] as const
export type Locale = (typeof locales)[number]

/** Each language calls itself by its own name, or who needs it cannot find it. */
export const localeNames: Readonly<Record<Locale, string>> = {
  sv: 'Svenska',
  nb: 'Norsk bokmål',
  fi: 'Suomi',
  de: 'Deutsch',
  en: 'English',
}

const load: Readonly<Record<Locale, () => Promise<Dictionary>>> = {
  sv: async () => (await import('./sv.ts')).sv,
  nb: async () => (await import('./nb.ts')).nb,
  fi: async () => (await import('./fi.ts')).fi,
  de: async () => (await import('./de.ts')).de,
  en: async () => (await import('./en.ts')).en,
}

interface Language {
  readonly locale: Locale
  readonly words: Dictionary
}

const [language, setLanguage] = createSignal<Language>()
const storageKey = 'handslag.locale'

/** Undefined until the first dictionary has come; nothing is drawn before that. */
export const currentLanguage = language

export function isLocale(text: string | null | undefined): text is Locale {
  return (locales as readonly (string | null | undefined)[]).includes(text)
}

/** What this device was last told, else what the account says, else what the browser asks for, else Swedish. */
export function preferredLocale(accountLocale?: string): Locale {
  const stored = readStored()
  if (isLocale(stored)) return stored
  if (isLocale(accountLocale)) return accountLocale
  for (const wanted of navigator.languages) {
    const short = wanted.toLowerCase().split('-')[0]
    const locale = short === 'no' || short === 'nn' ? 'nb' : short
    if (isLocale(locale)) return locale
  }
  return 'sv'
}

/** Storage can be shut off by the browser; the language is then chosen anew each time. */
function readStored(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

export async function applyLocale(locale: Locale): Promise<void> {
  // Every word on the page hangs on it.
  if (language()?.locale === locale) return
  const words = await load[locale]()
  document.documentElement.lang = locale
  setLanguage({ locale, words })
}

export async function chooseLocale(locale: Locale): Promise<void> {
  try {
    localStorage.setItem(storageKey, locale)
  } catch {
    // Remembering is a courtesy; the choice still holds until the page is closed.
  }
  await applyLocale(locale)
}
