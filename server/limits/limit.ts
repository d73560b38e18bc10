import type { Context, MiddlewareHandler } from 'hono'
import { problem } from '../http/problem.ts'
import type { Rate, TokenBuckets } from './token-bucket.ts'

export interface LimitOptions extends Rate {
  readonly buckets: TokenBuckets
  readonly purpose: string
  readonly key: (c: Context) => string
}

/** Too fast → 429 with the seconds to wait; the request goes no further. */
export function limit({ buckets, purpose, key, perMinute, burst }: LimitOptions): MiddlewareHandler {
  return async (c, next) => {
    const waitSeconds = buckets.take(purpose, key(c), { perMinute, burst })
    return waitSeconds > 0 ? tooFast(c, waitSeconds) : next()
  }
}

/** For limits whose key stands in the body, and for counts kept elsewhere. */
export function tooFast(c: Context, waitSeconds: number): Response {
  c.header('retry-after', String(waitSeconds))
  return problem(c, 429, 'limit/too-fast')
}
