import { idnr } from '@navikt/fnrvalidator'
import { foldTyped, lettersAsDigits } from './fold-typed.ts'
import type { ParsedNationalId } from './national-id.ts'

/** Fødselsnummer and D-number; also the synthetic ones of the test register, whose month is counted from 80. SPEC I7. */
export function parseNorwegianPerson(typed: string): ParsedNationalId {
  const folded = foldTyped(typed)
  if (folded === undefined) return { ok: false, reason: 'length' }
  const value = lettersAsDigits(folded).replaceAll('-', '')
  if (value === '') return { ok: false, reason: 'empty' }
  if (!/^\d+$/.test(value)) return { ok: false, reason: 'characters' }
  if (value.length === 9) return { ok: false, reason: 'not-a-person' }
  if (value.length !== 11) return { ok: false, reason: 'length' }
  const result = idnr(value)
  if (result.status === 'invalid') {
    return { ok: false, reason: result.reasons.includes('invalid date') ? 'date' : 'checksum' }
  }
  // A hospital's help number names a patient for a day; it is nobody's identity.
  if (result.type === 'hnr' || result.type === 'dnr-and-hnr') return { ok: false, reason: 'date' }
  return { ok: true, id: { country: 'NO', value, key: `NO:${value}` } }
}
