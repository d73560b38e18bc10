import type { RegNo } from '#shared/identity/reg-no.ts'
import type { PostalAddress } from '#shared/parties/model.ts'

/** Streets and places that exist nowhere. */
const places: Readonly<
  Record<RegNo['country'], { readonly streets: readonly string[]; readonly cities: readonly string[] }>
> = {
  SE: {
    streets: [
      'Fyrvägen',
      'Björkallén',
      'Lotsgatan',
      'Norra Tallstigen',
      'Åkerbruksgatan',
      'Sjöutsikten',
      'Hamnplan',
      'Smedjebacken',
    ],
    cities: [
      '123 45 Fyrhamn',
      '234 56 Björkudden',
      '345 67 Tallmo',
      '456 78 Sjövik',
      '567 89 Gruvfors',
      '678 90 Ekenäsby',
    ],
  },
  FI: {
    streets: ['Rantakatu', 'Telakantie', 'Luotsinpolku'],
    cities: ['00001 Tyrskylä', '00002 Saarelanranta'],
  },
  NO: {
    streets: ['Fjordveien', 'Bryggegata', 'Vannverksveien'],
    cities: ['0001 Fjordby', '0002 Vestnesvik'],
  },
  DE: {
    streets: ['Lindenhofstraße', 'Elbuferweg', 'Werkstraße'],
    cities: ['00001 Musterstadt', '00002 Beispielhausen'],
  },
}

/** The n:th invented address of a country. */
export function inventedAddress(country: RegNo['country'], n: number): PostalAddress {
  const { streets, cities } = places[country]
  const street = streets[n % streets.length] ?? ''
  const [zip, city] = split(cities[Math.floor(n / 3) % cities.length] ?? '')
  return { street: `${street} ${1 + ((n * 7) % 48)}`, zip, city, country }
}

/** The zip code is what stands before the name of the place. */
function split(place: string): readonly [string, string] {
  const at = place.lastIndexOf(' ')
  return [place.slice(0, at), place.slice(at + 1)]
}

/** The n:th of the 95 numbers set aside for fiction (PTS), 070-174 06 05 to 99. */
export function inventedPhone(n: number): string {
  return `070-174 06 ${String(5 + (n % 95)).padStart(2, '0')}`
}
