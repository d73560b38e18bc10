import type { Context } from 'hono'
import { remoteAddress } from '../limits/remote-address.ts'
import type { Rate, TokenBuckets } from '../limits/token-bucket.ts'

/** By the address written and by the address written from; each answers whole seconds to wait, 0 = go on. */
export interface SignInLimits {
  readonly mayAsk: (c: Context, email: string) => number
  readonly mayGuess: (c: Context, email: string) => number
  /** A right code is no guess: takes back what `mayGuess` counted. An office behind one address signs in on Monday at once. */
  readonly wasRight: (c: Context, email: string) => void
}

const asks = { email: { perMinute: 10, burst: 30 }, remote: { perMinute: 60, burst: 300 } }
const guesses = { email: { perMinute: 5, burst: 10 }, remote: { perMinute: 20, burst: 60 } }

export function createSignInLimits(buckets: TokenBuckets, trustProxy: boolean): SignInLimits {
  // The remote one first: whoever is stopped by it can no longer use up the bucket of another person's address.
  const take = (purpose: string, c: Context, email: string, rates: { email: Rate; remote: Rate }): number =>
    buckets.take(`${purpose} by remote`, remoteAddress(c, trustProxy), rates.remote) ||
    buckets.take(`${purpose} by email`, email, rates.email)
  return {
    mayAsk: (c, email) => take('code', c, email, asks),
    mayGuess: (c, email) => take('guess', c, email, guesses),
    wasRight: (c, email) => {
      buckets.giveBack('guess by remote', remoteAddress(c, trustProxy))
      buckets.giveBack('guess by email', email)
    },
  }
}
