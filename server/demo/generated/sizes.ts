import type { Chance } from './chance.ts'

/** How large a world of so many persons is (demo world §5.6: 5 000 and 50 000 are its measured points). */
export interface WorldSize {
  readonly companies: number
  readonly brokers: number
  readonly largestCompany: number
  readonly medianCompany: number
  /** How many people the widest broker organisation sees, its own and through its companies. */
  readonly reach: number
}

export function sizeOf(contacts: number): WorldSize {
  const tenfolds = Math.log10(contacts / 5_000)
  return {
    companies: Math.max(3, Math.round(contacts * (0.09 - 0.006 * tenfolds))),
    brokers: Math.max(2, Math.round(8 * 5 ** tenfolds)),
    largestCompany: Math.max(2, Math.min(2_500, Math.round(400 * 6.25 ** tenfolds))),
    medianCompany: Math.max(4, 6 + 2 * tenfolds),
    reach: Math.ceil(contacts * (0.46 - 0.04 * tenfolds)),
  }
}

/** How many persons each company has, the largest first; together exactly all. */
export function companySizes(contacts: number, size: WorldSize, chance: Chance): readonly number[] {
  const rest = size.companies - 1
  const mean = (contacts - size.largestCompany) / rest
  const spread = Math.sqrt(2 * Math.log(Math.max(1.2, mean / size.medianCompany)))
  const sizes = [size.largestCompany]
  for (let n = 0; n < rest; n++) {
    const drawn = Math.round(chance.logNormal(size.medianCompany, spread))
    sizes.push(Math.min(size.largestCompany, Math.max(1, drawn)))
  }
  let missing = contacts - sizes.reduce((sum, one) => sum + one, 0)
  // The draw misses the sum by a little; one here and one there settle it without changing the shape.
  while (missing !== 0) {
    const n = 1 + chance.below(rest)
    const step = Math.sign(missing)
    const next = (sizes[n] ?? 0) + step
    if (next < 1 || next > size.largestCompany) continue
    sizes[n] = next
    missing -= step
  }
  return sizes
}
