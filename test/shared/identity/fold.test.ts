import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanText, fold, hasMixedScripts, searchDigits } from '#shared/identity/fold.ts'

describe('searching', () => {
  test.each(['Anna-Karin Sjöö', 'Susanna Ek', 'Sanna Öberg'])('[I13] Anna is found in %s', (name) => {
    expect(fold(name)).toContain(fold('Anna'))
  })

  test.each([
    ['Åke Sjöö', 'ake sjoo'],
    ['Øystein Bjørn', 'oystein bjorn'],
    ['Æble Straße', 'aeble strasse'],
    ['Łukasz Þór', 'lukasz thor'],
    ['Strandгатан', 'strandgatan'],
    ['гатан', 'gatan'],
    ['АННА', 'anna'],
    ['Нans Вerg', 'hans berg'],
    ['Ｅｋ', 'ek'],
    ['Sjo\u0308\u0308', 'sjo'],
  ])('[I13] %s is searched as %s', (text, expected) => {
    expect(fold(text)).toBe(expected)
  })

  test('[I13] what is folded stays as it is, and case makes no difference in Latin', () => {
    const latin = fc.string({ unit: fc.constantFrom(...Array.from('abcåäöÅÄÖÆøØéßŁđ -')), maxLength: 40 })
    fc.assert(
      fc.property(latin, (text) => {
        expect(fold(text.toUpperCase())).toBe(fold(text))
      }),
    )
    const any = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[A-Za-zА-Яа-яΑ-Ωα-ω ]{0,30}$/))
    fc.assert(
      fc.property(any, (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
      { numRuns: 1_000 },
    )
  })

  test('[I13] a letter folds the same whatever stands beside it', () => {
    const latin = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x2_4f }).map((code) => String.fromCodePoint(code)),
    })
    fc.assert(
      fc.property(latin, (text) => {
        expect(fold(`${text} н`)).toBe(`${fold(text)} n`)
      }),
      { numRuns: 1_000 },
    )
  })

  test.each([
    '900101-2385',
    '19900101-2385',
    '199001012385',
    '9001012385',
    '900101+2385',
    '1990 0101 2385',
    '0101-23',
    '２３８５',
  ])('[I14] %s finds 19900101-2385', (typed) => {
    expect(searchDigits('199001012385')).toContain(searchDigits(typed))
    expect(searchDigits(typed)).not.toBe('')
  })

  test('[I14] a Finnish number is found too, and a name is not a number', () => {
    expect(searchDigits('010203A9035')).toContain(searchDigits('010203a9035'))
    expect(searchDigits('140288-902E')).toContain(searchDigits('140288-902e'))
    expect(searchDigits('Anna')).toBe('')
    expect(searchDigits('Storgatan 55')).toBe('')
    expect(searchDigits('1'.repeat(10_000))).toBe('')
  })

  test('[I15] an address with letters of two alphabets is recognised', () => {
    expect(hasMixedScripts('Vinterгатан 3')).toBe(true)
    expect(hasMixedScripts('Åsögatan 3')).toBe(false)
    expect(hasMixedScripts('Улица 3')).toBe(false)
    expect(hasMixedScripts('Αthen')).toBe(true)
  })
})

describe('keeping', () => {
  test.each([
    ['  Anna \t\n Karin ', 'Anna Karin'],
    ['A\u030akesson', 'Åkesson'],
    ['Ek\u202egnp.exe\u0000', 'Ekgnp.exe'],
    ['Ek\u200b\u2066\ufeff', 'Ek'],
    ['x\ud800y', 'xy'],
  ])('[I16] %j is kept as %j', (text, expected) => {
    expect(cleanText(text, 100)).toBe(expected)
  })

  test('[I16] a text is cut without halving a character', () => {
    expect(cleanText('abc😀', 4)).toBe('abc')
    expect(cleanText('abc def', 4)).toBe('abc')
  })

  test('[I16] a kept text stays as it is and never exceeds its length', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 1, max: 60 }),
        (text, maxLength) => {
          const kept = cleanText(text, maxLength)
          expect(kept.length).toBeLessThanOrEqual(maxLength)
          expect(cleanText(kept, maxLength)).toBe(kept)
          // oxlint-disable-next-line no-control-regex -- these are what must not be there
          expect(kept).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test('[I1] a flood of text is folded and cleaned without harm', () => {
    for (const unit of ['a', ' ', 'å', 'н', '\u0301', 'ﷺ']) {
      expect(cleanText(unit.repeat(10_000), 200).length).toBeLessThanOrEqual(200)
      expect(fold(unit.repeat(10_000))).toBeTypeOf('string')
    }
  })
})
