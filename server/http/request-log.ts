import { randomBytes } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Log } from '../log.ts'
import type { ServerEnv } from './server-env.ts'

/** One line per request: which door, how it went, how long. Never what was asked: paths and queries can carry people. */
export function requestLog(log: Log): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const startedMs = performance.now()
    const requestId = randomBytes(6).toString('base64url')
    c.set('requestId', requestId)
    c.set('log', log)
    await next()
    c.res.headers.set('x-request-id', requestId)
    const ms = Math.round((performance.now() - startedMs) * 10) / 10
    log.info('request', { requestId, method: c.req.method, route: routePath(c), status: c.res.status, ms })
  }
}
