/** A bucket's size and how fast it fills. */
export interface Rate {
  readonly perMinute: number
  readonly burst: number
}

interface Bucket {
  tokens: number
  atMs: number
}

export interface TokenBuckets {
  /** Takes one token for the key; 0 = taken, otherwise whole seconds until there is one. */
  readonly take: (purpose: string, key: string, rate: Rate) => number
  /** Puts one back, for what turned out not to count: only failures of signing in are limited tightly. */
  readonly giveBack: (purpose: string, key: string) => void
  readonly size: () => number
}

/**
 * Counts in memory, per purpose and key. Bounded: beyond `maxKeys` the bucket longest untouched is forgotten, so a flood of
 * made-up keys costs memory for that many and no more.
 */
export function createTokenBuckets({
  maxKeys = 50_000,
  nowMs = () => performance.now(),
}: { readonly maxKeys?: number; readonly nowMs?: () => number } = {}): TokenBuckets {
  // A Map keeps the order of insertion; whoever is touched moves to the end.
  const buckets = new Map<string, Bucket>()

  const take = (purpose: string, key: string, { perMinute, burst }: Rate): number => {
    const name = nameOf(purpose, key)
    const now = nowMs()
    const bucket = buckets.get(name) ?? { tokens: burst, atMs: now }
    buckets.delete(name)
    buckets.set(name, bucket)
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.atMs) * perMinute) / 60_000)
    bucket.atMs = now
    if (buckets.size > maxKeys) forgetOldest(buckets)
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1
      return 0
    }
    return Math.max(1, Math.ceil(((1 - bucket.tokens) * 60) / perMinute))
  }
  const giveBack = (purpose: string, key: string): void => {
    const bucket = buckets.get(nameOf(purpose, key))
    if (bucket !== undefined) bucket.tokens += 1
  }
  return { take, giveBack, size: () => buckets.size }
}

function nameOf(purpose: string, key: string): string {
  return `${purpose}\n${key.slice(0, 256)}`
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  const oldest = buckets.keys().next()
  if (oldest.done !== true) buckets.delete(oldest.value)
}
