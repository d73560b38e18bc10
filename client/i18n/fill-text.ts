import type { Plural } from './dictionary.ts'

const rules = new Map<string, Intl.PluralRules>()
const numbers = new Map<string, Intl.NumberFormat>()

/** "1 förfrågan väntar", "2 förfrågningar väntar": the form the language has for this number (IS-64). */
export function pickForm(text: string | Plural, locale: string, n: string | number | undefined): string {
  if (typeof text === 'string') return text
  // A whole number is one or not in all languages here; making Intl's rules costs the first drawing milliseconds.
  if (typeof n === 'number' && Number.isInteger(n)) return n === 1 ? text.one : text.other
  let rule = rules.get(locale)
  if (rule === undefined) rules.set(locale, (rule = new Intl.PluralRules(locale)))
  return rule.select(Number(n ?? 0)) === 'one' ? text.one : text.other
}

/** Puts the values in their {places}; a value is never read for places of its own, so a name like "{n}" stays a name. */
export function fillText(
  text: string,
  locale: string,
  params: Readonly<Record<string, string | number>>,
): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, word: string) => {
    const value = Object.hasOwn(params, word) ? params[word] : undefined
    if (value === undefined) return place
    return typeof value === 'number' ? formatNumber(value, locale) : value
  })
}

export function formatNumber(value: number, locale: string): string {
  // Nothing to group or to round, and again nothing to make.
  if (Number.isInteger(value) && value >= 0 && value < 1000) return String(value)
  let format = numbers.get(locale)
  if (format === undefined) numbers.set(locale, (format = new Intl.NumberFormat(locale)))
  return format.format(value)
}
