import { validate } from 'stdnum/lib/cjs/fi/hetu.js'
import { isRealDate } from './calendar.ts'
import { foldTyped } from './fold-typed.ts'
import { latinLookAlike } from './look-alikes.ts'
import type { ParsedNationalId } from './national-id.ts'

/** Henkilötunnus with any of the separators since 2023; the separator is part of the number. SPEC I6. */
export function parseFinnishPerson(typed: string): ParsedNationalId {
  const folded = foldTyped(typed)
  if (folded === undefined) return { ok: false, reason: 'length' }
  if (folded === '') return { ok: false, reason: 'empty' }
  // The number's alphabet has neither O nor I, so both can only have been meant as digits.
  const value = Array.from(folded, latinLookAlike)
    .join('')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll('I', '1')
  if (/^\d{7}-\d$/.test(value)) return { ok: false, reason: 'not-a-person' }
  if (value.length !== 11) return { ok: false, reason: 'length' }
  if (!/^\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]$/.test(value)) return { ok: false, reason: 'characters' }
  const year = Number(`${centuries[value.charAt(6)] ?? '20'}${value.slice(4, 6)}`)
  if (!isRealDate(year, Number(value.slice(2, 4)), Number(value.slice(0, 2))))
    return { ok: false, reason: 'date' }
  if (!validate(value).isValid) return { ok: false, reason: 'checksum' }
  return { ok: true, id: { country: 'FI', value, key: `FI:${value}` } }
}

const centuries: Readonly<Record<string, string>> = {
  '+': '18',
  '-': '19',
  U: '19',
  V: '19',
  W: '19',
  X: '19',
  Y: '19',
}
