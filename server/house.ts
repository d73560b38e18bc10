import type { Server } from 'node:http'
import { Hono } from 'hono'
import { systemActor } from '#shared/access/actor.ts'
import { commandDefinitions } from '#shared/commands.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import type { SessionBody } from '#shared/protocol/session-body.ts'
import { realChance, type Chance } from './chance.ts'
import type { Clock } from './clock.ts'
import { commandRoutes } from './commands/command-routes.ts'
import { createExecute, type Execute } from './commands/execute.ts'
import type { Config } from './config.ts'
import { documentRoutes } from './documents/document-routes.ts'
import { createDocuments, type Documents } from './documents/documents.ts'
import { createSyncSockets, type SyncLimits, type SyncSockets } from './documents/sync-sockets.ts'
import type { OwnAddress } from './http/own-address.ts'
import { requireOwnOrigin } from './http/own-origin.ts'
import { answerErrors, answerNotFound, limitBody } from './http/problem.ts'
import { requestLog } from './http/request-log.ts'
import { securityHeaders } from './http/security-headers.ts'
import type { ServerEnv } from './http/server-env.ts'
import { startDailyRound, type DailyRound } from './jobs/daily-round.ts'
import { makeDatedEntries } from './jobs/dated-entries.ts'
import { startSessionSweep } from './jobs/sweep-sessions.ts'
import { createTokenBuckets, type Rate } from './limits/token-bucket.ts'
import type { Log } from './log.ts'
import { createMailQueue } from './mail/mail-queue.ts'
import type { Mailer } from './mail/mailer.ts'
import { openApiDocument } from './openapi.ts'
import { createReactions } from './reactions/react-to.ts'
import { readSession } from './sessions/read-session.ts'
import { sessionRoutes } from './sessions/session-routes.ts'
import { createSessions, type Sessions } from './sessions/sessions.ts'
import { createSignInCodes } from './sessions/sign-in-codes.ts'
import { createSignInLimits } from './sessions/sign-in-limits.ts'
import type { OpenStore } from './store/open-store.ts'

export interface HouseDeps {
  readonly config: Pick<Config, 'trustProxy'>
  readonly store: OpenStore
  readonly clock: Clock
  readonly log: Log
  readonly mailer: Mailer
  /** Known once the house listens. */
  readonly address: () => OwnAddress
  /** More routes: the built app, the demo's mailbox. They stand last. */
  readonly routes: readonly Hono[]
  readonly limits?: Partial<HouseLimits>
  readonly chance?: Chance
}

export interface HouseLimits extends SyncLimits {
  /** Calls of POST /api/commands per account. */
  readonly commands: Rate
}

const usualLimits: HouseLimits = {
  commands: { perMinute: 3000, burst: 1000 },
  socketsPerAccount: 64,
  sockets: 20_000,
}

/** The server whole, without a port: what main, the demo and the tests all start. */
export interface ServerHouse {
  readonly app: Hono<ServerEnv>
  readonly execute: Execute
  readonly documents: Documents
  readonly sessions: Sessions
  readonly sockets: SyncSockets
  readonly dailyRound: DailyRound
  readonly attach: (server: Server) => void
  /** No new work; what runs is finished; sockets close with 1001. The store stays open. */
  readonly stop: () => Promise<void>
}

export function createServerHouse(deps: HouseDeps): ServerHouse {
  const { store, clock, log, address } = deps
  const limits = { ...usualLimits, ...deps.limits }
  const chance = deps.chance ?? realChance
  const buckets = createTokenBuckets()
  const sessions = createSessions(store)
  const queue = createMailQueue({ mailer: deps.mailer, log })
  const reactions = createReactions({ facts: store.facts, post: queue.post, address, log })
  const documents = createDocuments({
    store,
    today: clock.today,
    chance,
    fault: (fault) => void log.fault('view failed', fault),
  })
  const execute = createExecute({
    store,
    documents,
    clock,
    chance,
    react: ({ actor, changes }) => reactions.reactTo(changes.map((change) => ({ change, actor }))),
    fault: (fault) => log.fault('command failed', fault),
  })
  const sockets = createSyncSockets({
    documents,
    sessions,
    facts: store.facts,
    address,
    now: clock.now,
    limits,
  })
  const dailyRound = startDailyRound({
    store,
    clock,
    log,
    issue: (type, input) => execute.asSystem(systemActor, type, input),
    refresh: makeDatedEntries({ store, documents, clock }),
  })
  const stopSweep = startSessionSweep({ sessions, log })
  let stopping = false
  let register: SessionBody['register'] | undefined

  const app = new Hono<ServerEnv>()
  app.onError(answerErrors(log))
  app.notFound(answerNotFound)
  app.use(requestLog(log), securityHeaders(address))
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', (c) =>
    isReady(store) ? c.json({ status: 'ok' }) : c.json({ status: 'not ready' }, 503),
  )
  app.use('/api/*', limitBody, requireOwnOrigin(address), readSession({ sessions, address }))
  const openApi = openApiDocument(commandDefinitions)
  app.get('/api/openapi.json', (c) => c.json(openApi))
  app.route(
    '/',
    sessionRoutes({
      store,
      sessions,
      codes: createSignInCodes(store, Date.now),
      limits: createSignInLimits(buckets, deps.config.trustProxy),
      clock,
      address,
      post: queue.post,
      get register() {
        return (register ??= registerOf(store.facts, store)) ?? unnamedRegister
      },
    }),
  )
  app.route('/api/documents', documentRoutes({ documents, facts: store.facts, now: clock.now }))
  app.route(
    '/api/commands',
    commandRoutes({ execute, buckets, rate: limits.commands, stopping: () => stopping }),
  )
  app.all('/api/*', answerNotFound)
  for (const routes of deps.routes) app.route('/', routes)

  return {
    app,
    execute,
    documents,
    sessions,
    sockets,
    dailyRound,
    attach: sockets.attach,
    async stop() {
      stopping = true
      dailyRound.stop()
      stopSweep()
      sockets.close()
      await store.write(() => undefined)
      reactions.flush()
      await Promise.race([queue.idle(), new Promise((resolve) => setTimeout(resolve, 1000).unref())])
      queue.stop()
    },
  }
}

function isReady(store: OpenStore): boolean {
  try {
    return store.db.prepare('SELECT 1').get() !== undefined
  } catch {
    return false
  }
}

const unnamedRegister: SessionBody['register'] = { name: 'Handslag', office: 'kansliet' }

/** The register's own name stands on its operator's record; its office is called kansliet on screen (settled question 10). */
function registerOf(facts: Facts, store: OpenStore): SessionBody['register'] | undefined {
  const row = store.db
    .prepare<[], { id: string }>(
      `SELECT id FROM organisation WHERE json_extract(record, '$.kind') = 'register_operator' ORDER BY id LIMIT 1`,
    )
    .get()
  const operator = row === undefined ? undefined : facts.get('organisation', row.id)
  return operator === undefined ? undefined : { name: operator.name, office: 'kansliet' }
}
