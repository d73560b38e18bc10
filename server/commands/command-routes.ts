import { Hono } from 'hono'
import type { CommandsAnswer } from '#shared/protocol/commands-message.ts'
import { problem } from '../http/problem.ts'
import type { ServerEnv } from '../http/server-env.ts'
import { tooFast } from '../limits/limit.ts'
import type { Rate, TokenBuckets } from '../limits/token-bucket.ts'
import { requireSession } from '../sessions/read-session.ts'
import { checkCommands } from './check.ts'
import type { Execute } from './execute.ts'

export interface CommandRoutesDeps {
  readonly execute: Execute
  readonly buckets: TokenBuckets
  /** Calls per account. */
  readonly rate: Rate
  readonly stopping: () => boolean
}

/** POST /api/commands. All of a call are checked before any is begun; then each has its own fate, in order. */
export function commandRoutes({ execute, buckets, rate, stopping }: CommandRoutesDeps): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>()
  app.use(requireSession)
  app.post('/', async (c) => {
    const account = c.get('session')?.account ?? ''
    if (stopping()) {
      c.header('retry-after', '5')
      return problem(c, 503, 'stopping')
    }
    const waitSeconds = buckets.take('commands', account, rate)
    if (waitSeconds > 0) return tooFast(c, waitSeconds)
    let body: unknown
    try {
      body = await c.req.json()
    } catch {
      return problem(c, 400, 'request/shape', { field: 'body' })
    }
    const checked = checkCommands(body)
    if (!checked.ok) return problem(c, 400, 'request/shape', { field: checked.field })
    const { device, commands } = checked
    const results = await Promise.all(commands.map((command) => execute.command(account, device, command)))
    return c.json({ results } satisfies CommandsAnswer)
  })
  return app
}
