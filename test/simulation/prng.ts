/** A generator of pseudo-random numbers with the few questions a simulation asks. The same seed gives the same answers for ever. */
export interface Prng {
  /** 0 ≤ x < 1. */
  readonly next: () => number
  /** A whole number, 0 ≤ n < limit. */
  readonly below: (limit: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(items: readonly T[]) => T
}

/** mulberry32, with the seed stirred so that neighbouring seeds have nothing in common. */
export function makePrng(seed: number): Prng {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  for (let n = 0; n < 8; n += 1) next()
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('picked from nothing')
      return item
    },
  }
}
