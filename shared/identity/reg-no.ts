import { validate as validateFinnish } from 'stdnum/lib/cjs/fi/ytunnus.js'
import { validate as validateNorwegian } from 'stdnum/lib/cjs/no/orgnr.js'
import { validate as validateSwedish } from 'stdnum/lib/cjs/se/orgnr.js'
import type { Day } from '../kernel/time.ts'
import { foldTyped, lettersAsDigits } from './fold-typed.ts'
import { cleanText } from './fold.ts'
import { parseSwedishPerson } from './swedish-person.ts'

/** The number by which a state's register knows an organisation. */
export interface RegNo {
  readonly country: 'SE' | 'FI' | 'NO' | 'DE'
  /** As written by its register: SE 559990-0049, FI 9990002-4, NO 310000019, DE HRB 999001 (MUSTERSTADT). */
  readonly value: string
  /** `${country}:${digits}`, by which an organisation is found; DE has the whole text. */
  readonly key: string
}

export const regNoReasons = ['empty', 'length', 'characters', 'date', 'checksum'] as const
export type RegNoReason = (typeof regNoReasons)[number]

export type ParsedRegNo =
  | { readonly ok: true; readonly regNo: RegNo }
  | { readonly ok: false; readonly reason: RegNoReason }

/** The number in any form people type or paste, or why it is none. SPEC I9–I11. */
export function parseRegNo(country: RegNo['country'], typed: string, today?: Day): ParsedRegNo {
  if (country === 'DE') return parseGerman(typed)
  const folded = foldTyped(typed)
  if (folded === undefined) return { ok: false, reason: 'length' }
  if (folded === '') return { ok: false, reason: 'empty' }
  const bare = withoutTaxMarks(country, lettersAsDigits(folded)).replaceAll('-', '')
  if (!/^\d+$/.test(bare)) return { ok: false, reason: 'characters' }
  switch (country) {
    case 'SE':
      return parseSwedish(bare, today)
    case 'FI': {
      const digits = bare.padStart(8, '0')
      if (bare.length < 7 || bare.length > 8) return { ok: false, reason: 'length' }
      if (!validateFinnish(digits).isValid) return { ok: false, reason: 'checksum' }
      return accept('FI', `${digits.slice(0, 7)}-${digits.slice(7)}`, digits)
    }
    case 'NO':
      if (bare.length !== 9) return { ok: false, reason: 'length' }
      if (!validateNorwegian(bare).isValid) return { ok: false, reason: 'checksum' }
      return accept('NO', bare, bare)
  }
}

/** As it is shown: SE 559990-0049, NO 310 000 019. */
export function formatRegNo(regNo: RegNo): string {
  return regNo.country === 'NO' ? regNo.value.replaceAll(/(\d{3})(?=\d)/g, '$1 ') : regNo.value
}

function accept(country: RegNo['country'], value: string, digits: string): ParsedRegNo {
  return { ok: true, regNo: { country, value, key: `${country}:${digits}` } }
}

/** Invoices carry the number inside a tax number: FI99900024, NO310000019MVA. */
function withoutTaxMarks(country: 'SE' | 'FI' | 'NO', text: string): string {
  if (country === 'FI') return text.replace(/^F[I1]/i, '')
  return country === 'NO' ? text.replace(/^N[O0]/i, '').replace(/MVA$/i, '') : text
}

/** Ten digits, the third at least 2; a sole trader has the owner's personal number instead. */
function parseSwedish(bare: string, today: Day | undefined): ParsedRegNo {
  if (bare.length !== 10 && bare.length !== 12) return { ok: false, reason: 'length' }
  const ten = bare.slice(-10)
  const value = `${ten.slice(0, 6)}-${ten.slice(6)}`
  if (ten.charAt(2) < '2') {
    const owner = parseSwedishPerson(bare.startsWith('16') && bare.length === 12 ? ten : bare, today)
    if (!owner.ok) return { ok: false, reason: owner.reason === 'date' ? 'date' : 'checksum' }
    return accept('SE', value, ten)
  }
  if (bare.length === 12 && !bare.startsWith('16')) return { ok: false, reason: 'length' }
  if (!validateSwedish(ten).isValid) return { ok: false, reason: 'checksum' }
  return accept('SE', value, ten)
}

/** Each court numbers its own companies and writes as it likes; only the shape of the text is settled. */
function parseGerman(typed: string): ParsedRegNo {
  if (typed.length > 120) return { ok: false, reason: 'length' }
  const value = cleanText(typed.normalize('NFKC'), 120).toUpperCase()
  if (value === '') return { ok: false, reason: 'empty' }
  if (value.length > 120) return { ok: false, reason: 'length' }
  if (!/\d/.test(value)) return { ok: false, reason: 'characters' }
  return accept('DE', value, value)
}
