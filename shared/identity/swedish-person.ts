import Personnummer from 'personnummer'
import type { Day } from '../kernel/time.ts'
import { isRealDate } from './calendar.ts'
import { foldTyped, lettersAsDigits } from './fold-typed.ts'
import type { ParsedNationalId } from './national-id.ts'

/** Personal identity number or coordination number, in 10 or 12 digits. SPEC I2–I5. */
export function parseSwedishPerson(typed: string, today: Day | undefined): ParsedNationalId {
  const folded = foldTyped(typed)
  if (folded === undefined) return { ok: false, reason: 'length' }
  const text = lettersAsDigits(folded)
  if (text === '') return { ok: false, reason: 'empty' }
  const match = /^([\d-]*)(\+?)(\d{0,4})$/.exec(text)
  if (match === null) return { ok: false, reason: 'characters' }
  const digits = text.replaceAll(/[-+]/g, '')
  const plus = match[2] === '+'
  if (plus && match[3]?.length !== 4) return { ok: false, reason: 'characters' }
  if (digits.length !== 10 && digits.length !== 12) return { ok: false, reason: 'length' }
  const ten = digits.slice(-10)
  if (Number(ten.slice(2, 4)) >= 20) return { ok: false, reason: 'not-a-person' }
  return checked(digits.length === 12 ? digits : `${centuryOf(ten, plus, today)}${ten}`, today)
}

function checked(value: string, today: Day | undefined): ParsedNationalId {
  const [year, month, day] = birthOf(value)
  if (year < 1800 || !isRealDate(year, month, day)) return { ok: false, reason: 'date' }
  if (today !== undefined && isoDay(year, month, day) > today) return { ok: false, reason: 'date' }
  if (!Personnummer.valid(value)) return { ok: false, reason: 'checksum' }
  return { ok: true, id: { country: 'SE', value, key: `SE:${value}` } }
}

/** A coordination number has its day counted from 60. */
function birthOf(value: string): readonly [number, number, number] {
  const day = Number(value.slice(6, 8))
  return [Number(value.slice(0, 4)), Number(value.slice(4, 6)), day > 60 ? day - 60 : day]
}

/** The latest century in which the day is not in the future; with a plus, the one in which the person is a hundred or more. */
function centuryOf(ten: string, plus: boolean, today: Day | undefined): string {
  // Without a day the library's own calendar decides; rules always pass one, so that device and server agree.
  if (today === undefined) return libraryCentury(ten, plus)
  const thisYear = Number(today.slice(0, 4)) - (plus ? 100 : 0)
  let year = thisYear - ((((thisYear - Number(ten.slice(0, 2))) % 100) + 100) % 100)
  const [, month, day] = birthOf(`${year}${ten.slice(2)}`)
  if (!plus && isoDay(year, month, day) > today) year -= 100
  return String(year).slice(0, 2)
}

function libraryCentury(ten: string, plus: boolean): string {
  try {
    return Personnummer.parse(`${ten.slice(0, 6)}${plus ? '+' : '-'}${ten.slice(6)}`).century
  } catch {
    return '19'
  }
}

function isoDay(year: number, month: number, day: number): Day {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
