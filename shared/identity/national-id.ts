import type { Day } from '../kernel/time.ts'
import { parseFinnishPerson } from './finnish-person.ts'
import { parseNorwegianPerson } from './norwegian-person.ts'
import { parseSwedishPerson } from './swedish-person.ts'

/** The number by which a state knows a human being. */
export interface NationalId {
  readonly country: 'SE' | 'FI' | 'NO'
  /** Canonical: SE 199001012385, FI 140288-902E, NO 15837510047. */
  readonly value: string
  /** `${country}:${value}`, by which a person is found. */
  readonly key: string
}

export const nationalIdReasons = [
  'empty',
  'length',
  'characters',
  'date',
  'checksum',
  'not-a-person',
] as const
export type NationalIdReason = (typeof nationalIdReasons)[number]

export type ParsedNationalId =
  | { readonly ok: true; readonly id: NationalId }
  | { readonly ok: false; readonly reason: NationalIdReason }

/**
 * The number in any form people type or paste, or why it is none. Rules pass `today`, which settles the century of a Swedish
 * number in ten digits; what is stored and sent has twelve and needs none.
 */
export function parseNationalId(
  country: NationalId['country'],
  typed: string,
  today?: Day,
): ParsedNationalId {
  switch (country) {
    case 'SE':
      return parseSwedishPerson(typed, today)
    case 'FI':
      return parseFinnishPerson(typed)
    case 'NO':
      return parseNorwegianPerson(typed)
  }
}

/** As it is shown: SE 900101-2385 (with a plus from the year the person turns a hundred, when `today` is given). SPEC I8. */
export function formatNationalId(id: NationalId, today?: Day): string {
  const { country, value } = id
  if (country === 'SE') return `${value.slice(2, 8)}${separatorOf(value, today)}${value.slice(8)}`
  return country === 'NO' ? `${value.slice(0, 6)} ${value.slice(6)}` : value
}

/** As it is shown where the last digits are nobody's business: 900101-••••. */
export function maskNationalId(id: NationalId, today?: Day): string {
  const shown = formatNationalId(id, today)
  return `${shown.slice(0, 7)}${'•'.repeat(shown.length - 7)}`
}

function separatorOf(value: string, today: Day | undefined): string {
  return today !== undefined && Number(today.slice(0, 4)) - Number(value.slice(0, 4)) >= 100 ? '+' : '-'
}
