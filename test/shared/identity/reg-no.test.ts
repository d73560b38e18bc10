import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatRegNo, parseRegNo, type RegNo } from '#shared/identity/reg-no.ts'

function parsed(country: RegNo['country'], typed: string): RegNo {
  const result = parseRegNo(country, typed, '2026-11-23')
  if (!result.ok) throw new Error(`${typed}: ${result.reason}`)
  return result.regNo
}
const reason = (country: RegNo['country'], typed: string) => {
  const result = parseRegNo(country, typed, '2026-11-23')
  return result.ok ? 'ok' : result.reason
}

describe('the numbers of organisations', () => {
  test.each([
    '559990-0049',
    '5599900049',
    '16559990-0049',
    '16 559990 0049',
    '559990–0049',
    '55999O-0049',
    '５５９９９０-００４９',
  ])('[I9] %j is 559990-0049', (typed) => {
    expect(parsed('SE', typed)).toEqual({ country: 'SE', value: '559990-0049', key: 'SE:5599900049' })
    expect(formatRegNo(parsed('SE', typed))).toBe('559990-0049')
  })

  test('[I9] a sole trader has the number of its owner, whatever the century', () => {
    expect(parsed('SE', '19920820-2383')).toEqual({
      country: 'SE',
      value: '920820-2383',
      key: 'SE:9208202383',
    })
    expect(parsed('SE', '920820-2383').key).toBe('SE:9208202383')
    expect(parsed('SE', '16920820-2383').key).toBe('SE:9208202383')
  })

  test.each([
    ['559990-0048', 'checksum'],
    ['559990-004', 'length'],
    ['19559990-0049', 'length'],
    ['551390-0041', 'date'],
    ['861322-3932', 'date'],
    ['', 'empty'],
    ['55999X-0049', 'characters'],
    ['9'.repeat(500), 'length'],
  ])('[I9] %s is refused: %s', (typed, expected) => {
    expect(reason('SE', typed)).toBe(expected)
  })

  test('[I10] Finnish and Norwegian numbers are found also in their tax forms', () => {
    expect(parsed('FI', 'FI99900024')).toEqual({ country: 'FI', value: '9990002-4', key: 'FI:99900024' })
    expect(parsed('FI', '9990002-4').key).toBe('FI:99900024')
    expect(reason('FI', '9990002-5')).toBe('checksum')
    expect(parsed('NO', 'NO 310 000 019 MVA')).toEqual({
      country: 'NO',
      value: '310000019',
      key: 'NO:310000019',
    })
    expect(formatRegNo(parsed('NO', '310000019'))).toBe('310 000 019')
    expect(reason('NO', '310000018')).toBe('checksum')
    expect(reason('NO', '31000001')).toBe('length')
  })

  test('[I11] a German entry keeps its court and settles its spaces', () => {
    expect(parsed('DE', '  hrb  999001\u00a0(Musterstadt) ').value).toBe('HRB 999001 (MUSTERSTADT)')
    expect(parsed('DE', 'HRB 999001 (Musterstadt)').key).toBe('DE:HRB 999001 (MUSTERSTADT)')
    expect(reason('DE', 'Musterstadt')).toBe('characters')
    expect(reason('DE', ' ')).toBe('empty')
  })

  test('[I1] [I12] no text makes parsing throw, and what is accepted stays as it is', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 130 }),
      fc.stringMatching(/^(HRB |PR |FI|NO|16)?[0-9 -]{0,14}$/),
      fc
        .tuple(fc.constantFrom('5', 'ß', 'ﷺ', ' '), fc.integer({ min: 0, max: 10_000 }))
        .map(([unit, times]) => unit.repeat(times)),
    )
    fc.assert(
      fc.property(fc.constantFrom('SE', 'FI', 'NO', 'DE'), typed, (country, typed) => {
        const result = parseRegNo(country, typed, '2026-11-23')
        if (result.ok) expect(parsed(country, result.regNo.value)).toEqual(result.regNo)
      }),
      { numRuns: 2_000 },
    )
  })
})
