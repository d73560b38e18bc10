import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatNationalId,
  maskNationalId,
  parseNationalId,
  type NationalId,
} from '#shared/identity/national-id.ts'

const today = '2026-11-23'
const countries = { pnr: 'SE', samnr: 'SE', hetu: 'FI', fnr: 'NO' } as const
const world: { persons: { id: string; idKind: string }[] } = JSON.parse(
  readFileSync(new URL('../../../server/demo/world.json', import.meta.url), 'utf8'),
)
const known = world.persons.flatMap(({ id, idKind }) =>
  idKind in countries ? [{ country: countries[idKind as keyof typeof countries], id }] : [],
)

function parsed(country: NationalId['country'], typed: string): NationalId {
  const result = parseNationalId(country, typed, today)
  if (!result.ok) throw new Error(`${typed}: ${result.reason}`)
  return result.id
}
const reason = (country: NationalId['country'], typed: string) => {
  const result = parseNationalId(country, typed, today)
  return result.ok ? 'ok' : result.reason
}

describe('the numbers of persons', () => {
  test.each(known)('[I12] $country $id of the demo world is canonical', ({ country, id }) => {
    expect(parsed(country, id)).toEqual({ country, value: id, key: `${country}:${id}` })
  })

  test.each([
    '199001012385',
    '19900101-2385',
    '9001012385',
    '900101-2385',
    ' 900101 - 2385 ',
    '900101–2385',
    '900101\u00a0−\u00a02385',
    '９００１０１‐２３８５',
    '٩٠٠١٠١-٢٣٨٥',
    '9OО1Ol-2385',
    '\u200e900101\u00ad-2385\ufeff',
  ])('[I2] %j is 199001012385', (typed) => {
    expect(parsed('SE', typed).value).toBe('199001012385')
  })

  test('[I2] a coordination number is accepted with and without its century', () => {
    expect(parsed('SE', '930667-2388').key).toBe('SE:199306672388')
    expect(parsed('SE', '19930667-2388').key).toBe('SE:199306672388')
  })

  test('[I3] ten digits are of the latest century that has begun', () => {
    expect(parsed('SE', `200617-238${checkDigit('200617238')}`).value).toBe(
      `20200617238${checkDigit('200617238')}`,
    )
    expect(parsed('SE', '811228-9874').value).toBe('198112289874')
    expect(parsed('SE', '121212-1212').value).toBe('201212121212')
    expect(parsed('SE', '121212+1212').value).toBe('191212121212')
  })

  test('[I3] a birthday still to come this year was a hundred years ago', () => {
    const typed = '261123-2380'
    const onTheDay = parseNationalId('SE', typed.replace(/.$/, checkDigit('261123238')), '2026-11-23')
    const dayBefore = parseNationalId('SE', typed.replace(/.$/, checkDigit('261123238')), '2026-11-22')
    expect(onTheDay).toMatchObject({ ok: true, id: { value: expect.stringMatching(/^20261123/) } })
    expect(dayBefore).toMatchObject({ ok: true, id: { value: expect.stringMatching(/^19261123/) } })
  })

  test.each([
    ['861322-3932', 'date'],
    ['770999-3517', 'date'],
    ['101010-0001', 'checksum'],
    ['900101-2386', 'checksum'],
    ['900230-2385', 'date'],
    [`20991231-238${checkDigit('991231238')}`, 'date'],
  ])('[I4] %s is refused: %s', (typed, expected) => {
    expect(reason('SE', typed)).toBe(expected)
  })

  test('[I5] the number of an organisation is nobody', () => {
    expect(reason('SE', '559990-0049')).toBe('not-a-person')
    expect(reason('SE', '16559990-0049')).toBe('not-a-person')
    expect(reason('FI', '9990002-4')).toBe('not-a-person')
    expect(reason('NO', '310 000 019')).toBe('not-a-person')
  })

  test('[I2] what is not a number is named for what is wrong with it', () => {
    expect(reason('SE', ' \u00a0')).toBe('empty')
    expect(reason('SE', '900101-238')).toBe('length')
    expect(reason('SE', '900101-T385')).toBe('characters')
    expect(reason('SE', '+9001012385')).toBe('characters')
    expect(reason('FI', '')).toBe('empty')
    expect(reason('NO', '\u200b')).toBe('empty')
  })

  test('[I6] a Finnish number is accepted in small letters, with look-alikes, with every separator', () => {
    expect(parsed('FI', '220194y905e').value).toBe('220194Y905E')
    expect(parsed('FI', '010203А9O35').value).toBe('010203A9035')
    expect(parsed('FI', ' 140288–902e ').value).toBe('140288-902E')
    expect(reason('FI', '140288-902F')).toBe('checksum')
    expect(reason('FI', '310288-902E')).toBe('date')
    expect(reason('FI', '140288G902E')).toBe('characters')
  })

  test('[I7] a Norwegian number may be synthetic; a help number is refused', () => {
    expect(parsed('NO', '158375 10047').value).toBe('15837510047')
    expect(reason('NO', '15837510048')).toBe('checksum')
    const helpNumber = norwegianNumber('154375')
    expect(reason('NO', helpNumber)).toBe('date')
    expect(reason('NO', norwegianNumber('550375'))).toBe('ok')
  })

  test('[I8] a number is shown as in the seed, and masked without its last four', () => {
    const id = parsed('SE', '19900101-2385')
    expect(formatNationalId(id)).toBe('900101-2385')
    expect(maskNationalId(id)).toBe('900101-••••')
    expect(formatNationalId(parsed('SE', '191212121212'), today)).toBe('121212+1212')
    expect(maskNationalId(parsed('FI', '140288-902E'))).toBe('140288-••••')
    expect(maskNationalId(parsed('NO', '15837510047'))).toBe('158375 •••••')
  })
})

describe('any number, any text', () => {
  const swedish = fc
    .record({
      day: fc.date({ min: new Date('1930-01-01'), max: new Date('2026-11-22'), noInvalidDate: true }),
      birth: fc.integer({ min: 1, max: 999 }),
      coordination: fc.boolean(),
    })
    .map(({ day, birth, coordination }) => {
      const iso = day.toISOString().slice(0, 10).replaceAll('-', '')
      const dayPart = String(Number(iso.slice(6)) + (coordination ? 60 : 0)).padStart(2, '0')
      const nine = `${iso.slice(2, 6)}${dayPart}${String(birth).padStart(3, '0')}`
      return `${iso.slice(0, 2)}${nine}${checkDigit(nine)}`
    })

  test('[I12] every tolerant form of a valid Swedish number leads to the same key', () => {
    const noise = fc.constantFrom('', ' ', '\u00a0', '\u200b', '\ufeff')
    const dash = fc.constantFrom('', '-', '–', '—', '−', ' - ')
    fc.assert(
      fc.property(swedish, fc.boolean(), dash, noise, noise, (value, long, dash, before, after) => {
        const old = 2026 - Number(value.slice(0, 4)) >= 100
        const separator = long ? dash : old ? '+' : dash
        const typed = `${before}${value.slice(long ? 0 : 2, 8)}${separator}${value.slice(8)}${after}`
        expect(parsed('SE', typed).key).toBe(`SE:${value}`)
        const id = parsed('SE', value)
        expect(parsed('SE', formatNationalId(id, today))).toEqual(id)
      }),
      { numRuns: 500 },
    )
  })

  test('[I1] no text of 10 kB makes parsing throw, and what is accepted is canonical', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.stringMatching(/^[0-9 +OIА-Яа-я-]{0,20}$/),
      fc
        .tuple(fc.constantFrom('9', '-', ' ', 'İ', '\u0301', '٩', 'ﷺ'), fc.integer({ min: 0, max: 10_000 }))
        .map(([unit, times]) => unit.repeat(times)),
    )
    fc.assert(
      fc.property(fc.constantFrom('SE', 'FI', 'NO'), hostile, (country, typed) => {
        const result = parseNationalId(country, typed, today)
        if (result.ok) expect(parsed(country, result.id.value)).toEqual(result.id)
      }),
      { numRuns: 2_000 },
    )
  })

  test('[I1] a text longer than any number is refused by its length', () => {
    for (const country of ['SE', 'FI', 'NO'] as const)
      expect(reason(country, '9'.repeat(10_000))).toBe('length')
  })
})

function checkDigit(nine: string): string {
  const sum = Array.from(nine, (digit, place) => Number(digit) * (place % 2 === 0 ? 2 : 1)).reduce(
    (total, product) => total + (product > 9 ? product - 9 : product),
    0,
  )
  return String((10 - (sum % 10)) % 10)
}

/** The first number of the day whose two check digits exist. */
function norwegianNumber(sixDigits: string): string {
  for (let individual = 0; individual < 500; individual++) {
    const nine = `${sixDigits}${String(individual).padStart(3, '0')}`
    const first = modulo11(nine, [3, 7, 6, 1, 8, 9, 4, 5, 2])
    const second = modulo11(`${nine}${first}`, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2])
    if (first < 10 && second < 10) return `${nine}${first}${second}`
  }
  throw new Error(`no number for ${sixDigits}`)
}

function modulo11(digits: string, weights: readonly number[]): number {
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0)
  return (11 - (sum % 11)) % 11
}
