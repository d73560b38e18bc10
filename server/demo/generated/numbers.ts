import type { NationalId } from '#shared/identity/national-id.ts'
import type { RegNo } from '#shared/identity/reg-no.ts'
import { must } from '#shared/kernel/must.ts'
import { addDays } from '#shared/kernel/time.ts'
import { readWorld } from '../world-file.ts'
import type { Chance } from './chance.ts'

/**
 * Numbers no human being has: births 1990–2004 with birth numbers 238 and 239, as in the tax agency's own test data, also as
 * coordination numbers; when those are used up, births 1960–1989 with 980–999, which are not given out. None is in the demo world.
 */
export function personNumberSource(chance: Chance): () => NationalId {
  const inDemo = new Set(readWorld().persons.map(({ id }) => id))
  const plain = numbersOf('1990-01-01', 5_479, ['238', '239'], 0, chance)
  const coordination = numbersOf('1990-01-01', 5_479, ['238', '239'], 60, chance)
  const bulk = numbersOf('1960-01-01', 10_958, birthNumbers(980, 999), 0, chance)
  const free = (numbers: Iterator<string>): string | undefined => {
    for (let drawn = numbers.next(); drawn.done !== true; drawn = numbers.next()) {
      if (!inDemo.has(drawn.value)) return drawn.value
    }
    return undefined
  }
  return () => {
    const value = must((chance.hits(0.04) ? free(coordination) : free(plain)) ?? free(bulk), 'a number left')
    return { country: 'SE', value, key: `SE:${value}` }
  }
}

function birthNumbers(from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, n) => String(from + n))
}

/** Every number of the days and birth numbers once, strided so that neighbours are not born on neighbouring days. */
function* numbersOf(
  from: string,
  dayCount: number,
  births: readonly string[],
  dayOffset: number,
  chance: Chance,
): Generator<string, undefined> {
  const size = dayCount * births.length
  // A prime that divides none of the sizes visits every place before it comes back.
  const stride = 7_919
  let place = chance.below(size)
  for (let n = 0; n < size; n++) {
    place = (place + stride) % size
    const birth = must(births[place % births.length], 'birth number')
    const [year = '', month = '', day = ''] = addDays(from, Math.floor(place / births.length)).split('-')
    const nine = `${year.slice(2)}${month}${String(Number(day) + dayOffset).padStart(2, '0')}${birth}`
    yield `${year.slice(0, 2)}${nine}${luhnDigit(nine)}`
  }
  return undefined
}

/** The n:th organisation number of a series that is not given out yet. */
export function generatedRegNo(n: number): RegNo {
  const nine = String(559_991_000 + n)
  const digits = `${nine}${luhnDigit(nine)}`
  return { country: 'SE', value: `${digits.slice(0, 6)}-${digits.slice(6)}`, key: `SE:${digits}` }
}

function luhnDigit(nine: string): number {
  let sum = 0
  for (let place = 0; place < nine.length; place++) {
    const product = Number(nine[place]) * (place % 2 === 0 ? 2 : 1)
    sum += product > 9 ? product - 9 : product
  }
  return (10 - (sum % 10)) % 10
}
