import type { MiddlewareHandler } from 'hono'
import type { OwnAddress } from './own-address.ts'
import { problem } from './problem.ts'

/**
 * For a WebSocket's upgrade, which browsers send across origins with our cookie and without asking. They always say where
 * from; a program that is no browser says nothing, and nobody's cookie can be borrowed through it.
 */
export function isOwnOrigin(origin: string | undefined, address: OwnAddress): boolean {
  return origin === undefined || address.origins.has(origin)
}

/**
 * Lets only our own pages, and programs that are no browser, change anything. A foreign page can send a form or a simple
 * POST with our cookie without a preflight, so both the origin and the content type are asked for.
 */
export function requireOwnOrigin(address: () => OwnAddress): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD' || c.req.method === 'OPTIONS') return next()
    const origin = c.req.header('origin')
    const site = c.req.header('sec-fetch-site')
    const own =
      origin === undefined
        ? site === undefined || site === 'same-origin' || site === 'none'
        : address().origins.has(origin) && site !== 'cross-site'
    if (!own) return problem(c, 403, 'origin/foreign')
    if (mustBeJson(c.req.method, c.req.raw.headers)) {
      const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
      if (type !== 'application/json') return problem(c, 400, 'request/shape', { field: 'content-type' })
    }
    return next()
  }
}

/** A DELETE may come without a body; everything else says what it sends. */
function mustBeJson(method: string, headers: Headers): boolean {
  if (method !== 'DELETE') return true
  return headers.has('transfer-encoding') || Number(headers.get('content-length') ?? 0) > 0
}
