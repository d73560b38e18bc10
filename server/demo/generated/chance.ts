import { must } from '#shared/kernel/must.ts'

/** Chance that repeats itself: the same seed gives the same world. */
export interface Chance {
  /** At least 0, less than 1. */
  next(): number
  /** A whole number below. */
  below(limit: number): number
  /** True in this share of the cases. */
  hits(share: number): boolean
  pick<T>(list: readonly T[]): T
  shuffled<T>(list: readonly T[]): T[]
  /** Around the median, with a long tail. */
  logNormal(median: number, spread: number): number
}

/** Mulberry32 (public domain): small, and good enough for worlds. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const pick = <T>(list: readonly T[]): T => must(list[below(list.length)], 'something to pick from')
  return {
    next,
    below,
    hits: (share) => next() < share,
    pick,
    shuffled: (list) => {
      const left = [...list]
      return list.map(() => must(left.splice(below(left.length), 1)[0], 'something left'))
    },
    logNormal: (median, spread) => {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return median * Math.exp(spread * normal)
    },
  }
}
