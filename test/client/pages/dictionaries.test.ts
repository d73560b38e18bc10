import { describe, expect, test } from 'vitest'
import { de } from '#client/i18n/de.ts'
import type { Dictionary, MessageKey } from '#client/i18n/dictionary.ts'
import { en } from '#client/i18n/en.ts'
import { fi } from '#client/i18n/fi.ts'
import { fillText, pickForm } from '#client/i18n/fill-text.ts'
import { nb } from '#client/i18n/nb.ts'
import { sv } from '#client/i18n/sv.ts'

const keys = Object.keys(sv) as MessageKey[]
const others: readonly (readonly [string, Dictionary])[] = [
  ['nb', nb],
  ['fi', fi],
  ['de', de],
  ['en', en],
]

function wordsIn(text: Dictionary[MessageKey]): readonly string[] {
  const all = typeof text === 'string' ? text : `${text.one} ${text.other}`
  return [...new Set(all.match(/\{\w+\}/g))].sort()
}

describe('the five languages', () => {
  test.each(others)(
    '%s says of everything what Swedish says: the same words are filled in',
    (_name, dictionary) => {
      const differing = keys.filter((key) => wordsIn(sv[key]).join() !== wordsIn(dictionary[key]).join())
      expect(differing).toEqual([])
    },
  )

  test.each(others)('%s leaves nothing empty', (_name, dictionary) => {
    const empty = keys.filter((key) => {
      const text = dictionary[key]
      return typeof text === 'string'
        ? text.trim() === ''
        : text.one.trim() === '' || text.other.trim() === ''
    })
    expect(empty).toEqual([])
  })

  test('one request waits and two requests wait, each in its own grammar (IS-64)', () => {
    const say = (n: number) => fillText(pickForm(sv['await.count'], 'sv', n), 'sv', { n })
    expect(say(1)).toBe('1 förfrågan väntar på svar från annan part.')
    expect(say(2)).toBe('2 förfrågningar väntar på svar från annan part.')
    expect(say(0)).toBe('0 förfrågningar väntar på svar från annan part.')
  })

  test('a name that looks like a place to fill stays a name', () => {
    expect(fillText('{name} och {other}', 'sv', { name: '{other}', other: 'Eva' })).toBe('{other} och Eva')
    expect(fillText('{toString}', 'sv', {})).toBe('{toString}')
  })
})

describe('the words of the manual, to the letter', () => {
  test.each([
    ['org.none', 'Organisation: Tillhör ingen organisation'],
    ['org.state', 'ANGE ORGANISATION'],
    ['org.add', 'Lägg till'],
    ['org.cancelRequest', 'Avbryt förfrågan'],
    ['org.yes', 'Ja, det stämmer'],
    ['org.no', 'Nej, det stämmer inte'],
    ['contacts.new', '+ SKAPA NY KONTAKT'],
    ['contacts.send', 'Skicka kontaktförfrågan'],
    ['contacts.addCompany', 'Lägg till företag'],
    ['contacts.awaiting', 'AVVAKTAR SVAR'],
    ['contacts.search', 'Sök bland kontakter'],
    ['contacts.searchHint', 'Namn eller personnummer'],
    ['contacts.clear', 'RENSA FILTER'],
    ['rel.stopWaiting', 'Sluta vänta'],
    ['rel.end', 'AVSLUTA RELATION'],
    ['rel.waiting', '{relation} (Väntar på svar)'],
    ['payers.edit', '+ LÄGG TILL / ÄNDRA'],
    ['overview.submitted', 'Visa lämnade uppgifter'],
    ['common.confirm', 'Bekräfta'],
    ['common.decline', 'Avvisa'],
    ['bill.unused', '(används ej)'],
    ['bill.via', 'Genom {company}:'],
    ['bill.add.label', 'Ange ett eller flera personnummer avgränsade med kommatecken'],
    ['bill.add.result', '{ok} tillagda, {bad} kunde inte läggas till: {list}'],
    ['bill.viacompany', '{name} betalas genom {company}. Ändra i företagets relation.'],
    ['member.ask.org', 'Är {company} ({orgnr}) en underorganisation till {org}?'],
    ['bo.notyours', '{name} är anställd i {company}. Det är {company} som avslutar anställningen.'],
    ['pnr.invalid', '{value} är inte ett giltigt personnummer eller samordningsnummer ({reason}).'],
    ['orgnr.invalid', '{value} är inte ett giltigt organisationsnummer.'],
    ['company.nouser', 'Företaget har ingen företagsanvändare ännu. Förfrågan väntar tills den finns.'],
    [
      'rel.sent',
      'Förfrågan är skickad. {name} behöver logga in och bekräfta. Vi kan inte säga om personen redan finns i registret.',
    ],
    [
      'member.pending.company',
      'Du har angivit att {company} ingår i förmedlarorganisationen {org}. {org} har ännu inte bekräftat detta.',
    ],
    [
      'member.ask.company',
      '{org} hävdar att {company} ingår i deras förmedlarorganisation. Stämmer detta? Om du bekräftar detta delas information om dina förmedlare med {org} och de kommer att ta över fakturaansvaret för dessa.',
    ],
    [
      'refusal.withdrawn',
      '{company} tog tillbaka förfrågan {time}, innan ditt svar kom fram. Inget har delats.',
    ],
    ['refusal.alreadyConfirmed', '{name} hann bekräfta {time}. Vill du avsluta relationen i stället?'],
  ] as const)('%s', (key, words) => {
    expect(sv[key]).toBe(words)
  })
})
