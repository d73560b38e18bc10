import type { MiddlewareHandler } from 'hono'
import type { OwnAddress } from '../http/own-address.ts'
import { problem } from '../http/problem.ts'
import type { ServerEnv } from '../http/server-env.ts'
import { tokenOf } from './session-cookie.ts'
import type { Sessions } from './sessions.ts'

/** Leaves the session in `c.var.session`, or nothing. Looked up anew for every request: what was ended is ended. */
export function readSession(deps: {
  readonly sessions: Sessions
  readonly address: () => OwnAddress
}): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const token = tokenOf(c, deps.address())
    const session = token === undefined ? undefined : deps.sessions.find(token)
    // A device says whose it is: should the cookie by now be another account's, it must sign in again rather than mix the two.
    const meant = c.req.header('x-account')
    if (session !== undefined && (meant === undefined || meant === session.account)) c.set('session', session)
    return next()
  }
}

/** For routes that answer nobody but the signed in. */
export const requireSession: MiddlewareHandler<ServerEnv> = async (c, next) =>
  c.get('session') === undefined ? problem(c, 401, 'session/none') : next()
