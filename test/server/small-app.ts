import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { createMailbox } from '#server/demo/mailbox.ts'
import { ownAddress, type OwnAddress } from '#server/http/own-address.ts'
import { requireOwnOrigin } from '#server/http/own-origin.ts'
import { answerErrors, answerNotFound, limitBody } from '#server/http/problem.ts'
import { requestLog } from '#server/http/request-log.ts'
import { securityHeaders } from '#server/http/security-headers.ts'
import type { ServerEnv } from '#server/http/server-env.ts'
import { staticFiles } from '#server/http/static-files.ts'
import { createTokenBuckets } from '#server/limits/token-bucket.ts'
import { createMailQueue } from '#server/mail/mail-queue.ts'
import { readSession, requireSession } from '#server/sessions/read-session.ts'
import { sessionRoutes } from '#server/sessions/session-routes.ts'
import { createSessions } from '#server/sessions/sessions.ts'
import { createSignInCodes } from '#server/sessions/sign-in-codes.ts'
import { createSignInLimits } from '#server/sessions/sign-in-limits.ts'
import {
  accountOf,
  annaKarin,
  erik,
  granbacka,
  listeningLog,
  movableClock,
  put,
  temporaryFolder,
  temporaryStore,
  worksFor,
} from './small-house.ts'

/** The doors of the house on real tables, without commands and documents. */
export async function smallApp({
  publicUrl = 'http://127.0.0.1:8080',
}: { readonly publicUrl?: string } = {}) {
  const store = temporaryStore()
  await put(
    store,
    ['organisation', granbacka],
    ['person', annaKarin],
    ['person', erik],
    ['account', accountOf(annaKarin)],
    ['account', accountOf(erik, 'fi')],
    ['staffRole', worksFor(annaKarin, granbacka)],
  )
  const own: OwnAddress = ownAddress({ publicUrl, host: '127.0.0.1' }, 8080)
  const address = () => own
  const log = listeningLog()
  const clock = movableClock('2026-11-23T08:00:00.000Z')
  const mailbox = createMailbox({ now: clock.now })
  const queue = createMailQueue({ mailer: mailbox, log })
  const sessions = createSessions(store, clock.nowMs)
  const app = new Hono<ServerEnv>()
  app.use(requestLog(log), securityHeaders(address))
  app.use(requireOwnOrigin(address), limitBody, readSession({ sessions, address }))
  app.route(
    '/',
    sessionRoutes({
      store,
      sessions,
      codes: createSignInCodes(store, clock.nowMs),
      limits: createSignInLimits(createTokenBuckets({ nowMs: clock.nowMs }), false),
      clock,
      address,
      post: queue.post,
      register: { name: 'Polstjärnan', office: 'kansliet' },
    }),
  )
  app.route('/', mailbox.routes)
  app.get('/api/private', requireSession, (c) => c.json({ ok: true }))
  app.get('/api/broken', () => {
    throw new Error('cannot read Erik Åkesson 19980228-2393')
  })
  app.all('/api/*', answerNotFound)
  app.route('/', staticFiles(builtApp()))
  app.onError(answerErrors(log))
  app.notFound(answerNotFound)

  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.request(path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })

  /** The code in the newest mail to the address. */
  const codeFor = async (email: string): Promise<string> => {
    await send('POST', '/api/session/code', { email })
    await queue.idle()
    return /^\d{8}$/m.exec((await mailsTo(email))[0]?.text ?? '')?.[0] ?? ''
  }
  const mailsTo = async (
    email: string,
  ): Promise<{ to: string; subject: string; text: string; at: string }[]> =>
    (await send('GET', `/dev/mailbox.json?to=${encodeURIComponent(email)}`)).json()
  /** Signs in and answers the Cookie header of a browser from then on. */
  const signIn = async (email: string, headers: Record<string, string> = {}): Promise<string> => {
    const answer = await send('POST', '/api/session', { email, code: await codeFor(email) }, headers)
    if (answer.status !== 200) throw new Error(`not signed in: ${answer.status}`)
    return answer.headers.getSetCookie()[0]!.split(';')[0]!
  }
  return { app, store, sessions, clock, log, mailbox, queue, own, send, codeFor, mailsTo, signIn }
}

/** A folder like `dist`. */
function builtApp(): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'assets'))
  mkdirSync(join(folder, '.vite'))
  writeFileSync(join(folder, 'index.html'), `<!doctype html><title>Handslag</title>${'<p></p>'.repeat(300)}`)
  writeFileSync(join(folder, 'assets', 'main-1a2b3c.js'), `export const words = '${'handslag '.repeat(500)}'`)
  writeFileSync(join(folder, 'assets', 'main-1a2b3c.js.map'), '{}')
  writeFileSync(join(folder, 'sw.js'), '// worker')
  writeFileSync(join(folder, 'manifest.webmanifest'), '{}')
  writeFileSync(join(folder, '.vite', 'manifest.json'), '{}')
  writeFileSync(join(folder, 'icon.png'), Buffer.from([137, 80, 78, 71]))
  return folder
}
