import { describe, expect, test } from 'vitest'
import { payerLists, unusedOf } from '#client/payers/payer-lists.ts'
import { readTypedNumbers } from '#client/payers/typed-numbers.ts'
import { makeFakeHouse, today } from '../fake-house.ts'

function listsOf(party: string) {
  return payerLists(makeFakeHouse({ acting: party }).rows('payers')(), party)
}

describe('whom an organisation pays for', () => {
  test('Fyrbåken pays for 2 companies and 9 persons, 1 of them not used (IS-101, X-3)', () => {
    const { direct, via } = listsOf('ORG-FYR')
    const all = [...direct, ...via.flatMap((group) => group.rows)]
    expect(via.map((group) => group.name)).toEqual([
      'Granbacka Försäkringsförmedling AB',
      'Gruvfors Försäkringskonsult AB',
    ])
    expect(all).toHaveLength(9)
    expect(unusedOf(all)).toBe(1)
  })

  test('an employee with a direct payer is not counted among those the organisation handles for the company (IS-100)', () => {
    const { takenOver } = listsOf('C-GRAN')
    expect(takenOver.map((group) => group.used)).toEqual([4])
  })

  test('a person who asks stands above the list, not in it (IS-96)', () => {
    const { requests, direct } = listsOf('C-TALL')
    expect(requests.map((row) => row.person?.name)).toEqual(['Karin Rönn'])
    expect(direct.map((row) => row.person?.name)).not.toContain('Karin Rönn')
  })
})

describe('numbers separated by commas', () => {
  test('each is read by itself; bad ones are named and the good ones kept (IS-106, X-17)', () => {
    const read = readTypedNumbers('19900101-2385, 861322-3932,920314-2386 ,, 770999-3517', today)
    expect(read.valid.map((id) => id.value)).toEqual(['199001012385', '199203142386'])
    expect(read.invalid.map(({ value }) => value)).toEqual(['861322-3932', '770999-3517'])
  })

  test('the same number typed twice is one', () => {
    expect(readTypedNumbers('900101-2385\n19900101-2385', today).valid).toHaveLength(1)
  })
})
