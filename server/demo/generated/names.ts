import type { Chance } from './chance.ts'

/** Common given names, and surnames put together from the parts old Swedish surnames are made of. */
const plain = {
  given: words(
    'Anna Eva Maria Karin Kristina Lena Sara Emma Johanna Hanna Sofia Elin Ida Jenny Ulla Ingrid Birgitta Marie Linda Helena Susanne ' +
      'Monica Julia Malin Sanna Susanna Frida Klara Vera Alma Alice Astrid Signe Elsa Greta Lisa Petra Tove Nora Ellen ' +
      'Lars Anders Johan Per Erik Karl Peter Jan Thomas Mikael Daniel Fredrik Hans Bengt Mats Andreas Stefan Bo Nils ' +
      'Magnus Mattias Jonas Niklas Martin Oskar Alexander Gustav Viktor David Emil Axel Ludvig Hugo Oliver Elias Folke Ivar Sven Rolf Kjell',
  ),
  first: words(
    'Alm Berg Ceder Dal Ek Fager Gran Hag Hede Hall Kvist Lind Lund Malm Norr Ny Palm Rosen Sand Silver Skog Sol Sten Stor Sund Tall Tor Vall Vester Vik',
  ),
  second: words('berg blad dahl ell feldt gren holm in kvist lund man mark rot sten strand vall wik qvist'),
} as const

const accented = {
  given: words('Åsa Märta Göran Sören Björn Jörgen Örjan Håkan Åke René Zoë Mårten Gösta Börje Märit Sölve'),
  first: words('Sjö Åker Björk Löv Äng Hök Öst Ström Häll Kärr Höj Fält'),
  second: words('ström löf åker sjö höj fält bäck ås'),
} as const

/** Names that were once written in other letters. */
const transliterated = {
  given: words(
    'Ahmed Fatima Omar Leila Yusuf Amira Dmitrij Svetlana Olena Bohdan Jelena Giorgos Eleni Wei Mei Hiroko Minh Thanh Priya Arjun',
  ),
  family: words(
    'Haddad Khalil Mansour Rahimi Petrov Ivanova Kovalenko Shevchuk Jovanovic Papadopoulos Zhang Chen Tanaka Nguyen Tran Sharma Tesfaye Abdi',
  ),
} as const

function words(text: string): readonly string[] {
  return text.trim().split(' ')
}

/** The share of each kind of name (demo world §5.6). */
export const nameShares = {
  accented: 0.12,
  transliterated: 0.03,
  namesake: 0.005,
  long: 0.003,
  single: 0.0005,
} as const

/** Names one after the other; nobody shares a whole name but the namesakes. */
export function nameSource(chance: Chance): () => string {
  const given: string[] = []
  const taken = new Set<string>()
  return () => {
    if (given.length > 0 && chance.hits(nameShares.namesake)) return chance.pick(given)
    const compose = kindOfName(chance)
    let name = compose()
    // A second given name, then a third, until nobody is called the same.
    while (taken.has(name)) name = `${chance.pick(plain.given)} ${name}`
    taken.add(name)
    given.push(name)
    return name
  }
}

function kindOfName(chance: Chance): () => string {
  const draw = chance.next()
  const { accented: accents, transliterated: foreign, long, single } = nameShares
  if (draw < single) return () => chance.pick(transliterated.given)
  if (draw < single + long) return () => longName(chance)
  if (draw < single + long + foreign) {
    return () => `${chance.pick(transliterated.given)} ${chance.pick(transliterated.family)}`
  }
  if (draw < single + long + foreign + accents) return () => accentedName(chance)
  return () => `${chance.pick(plain.given)} ${surname(chance)}`
}

function surname(chance: Chance): string {
  return `${chance.pick(plain.first)}${chance.pick(plain.second)}`
}

function accentedName(chance: Chance): string {
  const family = `${chance.pick(accented.first)}${chance.pick(chance.hits(0.5) ? accented.second : plain.second)}`
  return `${chance.pick(chance.hits(0.3) ? accented.given : plain.given)} ${family}`
}

/** As long as a form allows and a narrow column does not. */
function longName(chance: Chance): string {
  const given = Array.from({ length: 5 }, () => chance.pick(plain.given)).join('-')
  const families = Array.from({ length: 4 }, () => surname(chance)).join('-')
  return `${given} von und zu ${families}`
}
