import { describe, expect, test } from 'vitest'
import { organisationRights, reachOf, rightsOfTier, type OrganisationRight } from '#shared/access/rights.ts'

/**
 * Bilaga 1 as requirements §1.1.1 reads it, merged cells resolved, row by row: – no, ✓ its own, ✓+ also the people of underlying
 * member companies. Written out a second time on purpose: a right must not change by changing one table.
 */
const bilaga1 = `
  Kan skapa relation till medarbetare          person.relate     ✓   ✓   ✓
  Kan skapa relation till företag              company.relate    ✓   ✓   ✓
  Blir fakturamottagare för sina anställda     person.pay        ✓   ✓   ✓+
  Ser anställdas registreringsstatus           person.status     –   ✓   ✓+
  Ser anställdas licensstatus                  person.licence    –   ✓   ✓+
  Ser anställdas bokade testtid                person.booking    –   ✓   ✓+
  Ser anställdas handlingar och intyg          person.documents  –   ✓   ✓+
  Sök bland kontakter                          contacts.search   –   ✓   ✓+
  Filtrera kontakter                           contacts.filter   –   ✓   ✓+
  Exportera till Excel                         contacts.export   –   ✓   ✓+
  Visas i publika registret                    register.shown    –   ✓   ✓+
`
/** the text gives search to all, over the rows they already see; only there does our table leave Bilaga 1. */
const settledOtherwise: Readonly<Record<string, string>> = { 'contacts.search CU': '✓' }
/** Not rows of Bilaga 1: what every company user has, by seed 000 lines 72–147. */
const forAll = ['contacts.read', 'overview.read', 'payers.read']

const reach = { '–': 'no', '✓': 'yes', '✓+': 'under' } as const
const rows = bilaga1
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s{2,}/))

describe('the rights of a company user', () => {
  const cells = rows.flatMap(([words = '', right = '', ...ticks]) =>
    (['CU', 'AF', 'BO'] as const).map((tier, n) => [words, right, tier, ticks[n] ?? ''] as const),
  )

  test.each(cells)('[A1] “%s” (%s) for %s is %s in Bilaga 1', (_words, right, tier, tick) => {
    const settled = settledOtherwise[`${right} ${tier}`] ?? tick
    expect(reachOf(tier, right as OrganisationRight)).toBe(reach[settled as keyof typeof reach])
  })

  test('[A1] what no row gives is not given', () => {
    expect(organisationRights.toSorted()).toEqual(
      [...rows.map(([, right = '']) => right), ...forAll].toSorted(),
    )
    expect(rightsOfTier(null)).toEqual([])
    for (const name of ['staff.administer', 'bond.freeze', 'toString', '__proto__', '']) {
      expect(reachOf('BO', name as OrganisationRight)).toBe('no')
    }
  })

  test('[A3] search is for all tiers, filter and export are not for a company user', () => {
    for (const tier of ['CU', 'AF', 'BO'] as const) expect(rightsOfTier(tier)).toContain('contacts.search')
    expect(rightsOfTier('CU')).not.toContain('contacts.filter')
    expect(rightsOfTier('CU')).not.toContain('contacts.export')
    expect(rightsOfTier('AF')).toEqual(expect.arrayContaining(['contacts.filter', 'contacts.export']))
    expect(rightsOfTier('BO')).toEqual(expect.arrayContaining(['contacts.filter', 'contacts.export']))
  })
})
