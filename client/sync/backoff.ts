/** How long to wait before trying again: 1 s, 2 s, 4 s … 30 s, each between half and whole, so that a thousand devices do not knock at once. */
export interface Backoff {
  readonly nextMs: () => number
  readonly reset: () => void
}

export const firstWaitMs = 1000
export const longestWaitMs = 30_000

export function makeBackoff(random: () => number): Backoff {
  let failures = 0
  return {
    nextMs: () => {
      const wholeMs = Math.min(firstWaitMs * 2 ** failures, longestWaitMs)
      failures += 1
      return Math.round(wholeMs / 2 + (wholeMs / 2) * random())
    },
    reset: () => {
      failures = 0
    },
  }
}
