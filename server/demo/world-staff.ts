import type { WorldPerson } from './world-file.ts'

/** Who works for which organisation here: person, what they do there, and whether they administer its users. */
export interface WorldStaff {
  readonly person: string
  readonly organisation: string
  readonly title: string
  readonly administrator: boolean
}

/**
 * By the words of the file. Not among them: whoever only has a relation with an organisation; P15, whose web access is to the
 * disclosure of benefits and does not let an agent act for the insurer; G05 and G07, whose applications are pending and refused.
 */
const titles: Readonly<Record<string, readonly [title: string, administrator: boolean]>> = {
  P01: ['Kontaktperson', true],
  P07: ['Kontaktperson', true],
  P11: ['Kontaktperson', true],
  P13: ['Kontaktperson', true],
  P16: ['Ansvarig chef', true],
  P17: ['Kontaktperson', true],
  P18: ['Kontaktperson', true],
  P20: ['Kontaktperson', true],
  P24: ['Innehavare', true],
  P29: ['Handläggare', true],
  P30: ['Handläggare', true],
  P31: ['Kontaktperson', true],
  P32: ['Administratör', true],
  F01: ['Henkilöstöhallinto', true],
  F05: ['Henkilöstöhallinto', true],
  G01: ['FirmenAdmin', true],
  // Administers the users of the pension contracts only, which is not this flag.
  G02: ['Admin bAV', false],
  G03: ['Nutzer', false],
  G04: ['Makler', false],
  G06: ['Steuerberater', false],
  N01: ['Personalsjef', true],
  N02: ['Økonomisjef', true],
  N03: ['Saksbehandler', false],
  N04: ['Lesetilgang', false],
  N05: ['Saksbehandler', false],
  N06: ['Brukeradministrator', true],
  L01: ['Webbanvändare', false],
  L02: ['Ansvarig chef', true],
  L03: ['Webbanvändare', false],
  L04: ['Personuppgiftsombud', false],
}

export function staffOf(persons: readonly WorldPerson[]): readonly WorldStaff[] {
  return persons.flatMap(({ key, org }) => {
    const entry = titles[key]
    return entry === undefined
      ? []
      : [{ person: key, organisation: org, title: entry[0], administrator: entry[1] }]
  })
}
