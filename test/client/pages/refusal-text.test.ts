import { beforeEach, describe, expect, test, vi } from 'vitest'
import { applyLocale, locales } from '#client/i18n/language.ts'
import { offersEnd, refusalText } from '#client/i18n/refusal-text.ts'
import { bondRefusals } from '#shared/bonds/refusals.ts'
import { payerRefusals } from '#shared/payers/commands.ts'

beforeEach(() => vi.stubGlobal('document', { documentElement: { lang: '' } }))

describe('a no in words', () => {
  test.each(locales)('every code the rules can answer with has a whole sentence in %s', async (locale) => {
    await applyLocale(locale)
    for (const code of [...bondRefusals, ...payerRefusals]) {
      const params = { at: '2026-11-23T09:42:00Z', until: '2026-12-10', validFrom: '2024-03-01' }
      const text = refusalText({ code, rule: 'B1', params }, { name: 'Erik Åkesson' })
      expect(`${code}: ${text}`).not.toMatch(/\{|\}|^$|undefined/)
    }
  })

  test('who confirms what was taken back is told by whom, when, and that nothing was shared (AC-1)', async () => {
    await applyLocale('sv')
    const refusal = { code: 'bond/withdrawn', rule: 'B21', params: { at: '2026-11-20T09:42:00Z' } }
    expect(refusalText(refusal, { name: 'Granbacka Försäkringsförmedling AB' })).toBe(
      'Granbacka Försäkringsförmedling AB tog tillbaka förfrågan 20 nov. 2026 10:42, innan ditt svar kom fram. Inget har delats.',
    )
    expect(offersEnd(refusal)).toBe(false)
  })

  test('who takes back what was already confirmed is offered to end it instead', async () => {
    await applyLocale('sv')
    const params = { state: 'confirmed', at: '2026-11-20T09:42:00Z' }
    const refusal = { code: 'bond/already-answered', rule: 'B30', params }
    expect(refusalText(refusal, { name: 'Erik Åkesson' })).toContain('Vill du avsluta relationen i stället?')
    expect(offersEnd(refusal)).toBe(true)
  })

  test('a code from a newer server still gets a sentence, with the code to tell the office', async () => {
    await applyLocale('sv')
    expect(refusalText({ code: 'bond/of-tomorrow', rule: 'B99' })).toBe('Det gick inte (bond/of-tomorrow).')
    expect(refusalText({ code: '__proto__', rule: '' })).toBe('Det gick inte (__proto__).')
  })
})
