import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameOf, orderRows, type PersonEntry } from '#client/contacts/contact-row.ts'
import { contactLists, listItems } from '#client/contacts/list-items.ts'
import { createSearch, type Hits } from '#client/contacts/row-search.ts'
import { sortKey } from '#client/contacts/sort-key.ts'
import { bond, contact } from '../fake-house.ts'

const granbacka = ['P01', 'P02', 'P03', 'P04', 'P05'].map((key) => contact(key, 'C-GRAN'))

function find(query: string, rows: readonly PersonEntry[] = granbacka): readonly string[] {
  return namesOf(createSearch(rows)(query))
}

function namesOf(hits: Hits<PersonEntry>): readonly string[] {
  return Array.from({ length: hits.length }, (_, place) => nameOf(hits.at(place)!))
}

function named(name: string, id: string): PersonEntry {
  const entry = contact('P01', 'C-GRAN')
  return { ...entry, id, person: { ...entry.person!, name } }
}

describe('search among contacts', () => {
  test('"Anna" finds Anna-Karin, Susanna and Sanna, and nobody else (IS-83)', () => {
    expect(find('Anna')).toEqual(['Anna-Karin Sjöö', 'Susanna Ek', 'Sanna Öberg'])
    expect(find('ANNA')).toEqual(find('anna'))
  })

  test('a name is found without its dots and rings', () => {
    expect(find('oberg')).toEqual(['Sanna Öberg'])
    expect(find('sjoo')).toEqual(['Anna-Karin Sjöö'])
  })

  test('a number is found with and without century, dash and spaces', () => {
    for (const typed of ['19900101-2385', '900101-2385', '9001012385', '1990 0101 2385', '0101-23']) {
      expect(find(typed)).toContain('Anna-Karin Sjöö')
    }
  })

  test('a name and a number never run together into a hit', () => {
    expect(find('sjoo19900101')).toEqual([])
  })

  test('typed letter by letter, taken back and typed on finds the same as typed at once', () => {
    const search = createSearch(granbacka)
    for (const typed of ['Anna', 'sjöö', '900101-2385', '1990 0101', 'Å', 'zz']) {
      const steps = Array.from(typed, (_, index) => typed.slice(0, index + 1))
      for (const step of [...steps, ...steps.toReversed()]) expect(namesOf(search(step))).toEqual(find(step))
    }
  })

  test('an empty search is the whole list', () => {
    expect(find('  ')).toHaveLength(granbacka.length)
  })
})

describe('the order of names', () => {
  const names = [
    'Åkesson',
    'Ängström',
    'Öberg',
    'Andersson',
    'Zetterlund',
    'Østby',
    'Ærlig',
    'Anna-Karin',
    'Anna Karin',
    'Annika',
    'Özil',
    'Émile',
    'Eva',
    'Łukasz',
    'Strauß',
    'Strausz',
    'Aas',
    'Ås',
    'Bø',
    'Björk',
    'Wik',
    'Viktor',
  ]

  test.each(['sv', 'fi', 'nb', 'de', 'en'])('is that of the language: %s', (locale) => {
    const collator = new Intl.Collator(locale)
    const byKey = [...names].sort((one, other) => (sortKey(one, locale) < sortKey(other, locale) ? -1 : 1))
    // Names the collator holds for equal but for case or mark may stand either way.
    const base = new Intl.Collator(locale, { sensitivity: 'base' })
    for (const [index, name] of byKey.entries()) {
      const next = byKey[index + 1]
      if (next !== undefined && base.compare(name, next) !== 0) {
        expect(collator.compare(name, next), `${name} before ${next} in ${locale}`).toBeLessThan(0)
      }
    }
  })

  test('made step by step from the order before is the same as made at once', () => {
    const people = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.uuid()), {
      maxLength: 40,
      selector: ([, id]) => id,
    })
    fc.assert(
      fc.property(people, fc.array(fc.nat(39)), (drawn, dropped) => {
        const all = drawn.map(([name, id]) => named(name, id))
        const before = orderRows(
          all.filter((_, index) => !dropped.includes(index)),
          [],
          'sv',
        )
        const now = all.filter((_, index) => index % 3 !== 0)
        expect(orderRows(now, before, 'sv')).toEqual(orderRows(now, [], 'sv'))
      }),
    )
  })
})

describe('what stands on Mina kontakter', () => {
  const asked = {
    ...contact('P06', 'C-GRAN'),
    bond: bond('employed', 'P06', 'C-GRAN', 'proposed', 'b'),
    person: null,
  }
  const asking = {
    ...contact('P09', 'C-GRAN'),
    bond: bond('employed', 'P09', 'C-GRAN', 'proposed', 'a'),
    person: null,
  }

  test('whom we asked is in the list and counted; who asks us is a question above it (IS-61, IS-62)', () => {
    const lists = contactLists([...granbacka, asked, asking], [], 'C-GRAN')
    expect(lists.people).toHaveLength(6)
    expect(lists.asks).toEqual([asking])
    expect(lists.awaiting).toBe(1)
  })

  test('who has left is gone (IS-74)', () => {
    const standing = granbacka[0]!
    const ended = {
      ...standing,
      bond: {
        ...standing.bond,
        state: 'ended',
        validTo: '2026-11-01',
        endedBy: 'b',
        endReason: '',
        endedAt: '',
      } as never,
    }
    expect(contactLists([ended], [], 'C-GRAN').people).toEqual([])
  })

  test('"AVVAKTAR SVAR" leaves only those who have not answered', () => {
    const { people } = contactLists([...granbacka, asked], [], 'C-GRAN')
    const items = listItems(people, [], { onlyAwaiting: true, searching: false, party: 'C-GRAN' })
    expect(items).toEqual([asked])
  })
})
