import { Hono } from 'hono'
import * as v from 'valibot'
import { rolesOf } from '#shared/access/actor.ts'
import { must } from '#shared/kernel/must.ts'
import type { SessionBody } from '#shared/protocol/session-body.ts'
import type { Clock } from '../clock.ts'
import type { OwnAddress } from '../http/own-address.ts'
import { problem, readJson } from '../http/problem.ts'
import type { ServerEnv } from '../http/server-env.ts'
import { tooFast } from '../limits/limit.ts'
import type { Mail } from '../mail/mailer.ts'
import type { Store } from '../store/store.ts'
import { giveCookie, takeCookie, tokenOf } from './session-cookie.ts'
import type { Sessions } from './sessions.ts'
import type { SignInCodes } from './sign-in-codes.ts'
import type { SignInLimits } from './sign-in-limits.ts'
import { signInMail } from './sign-in-mail.ts'

export interface SessionDeps {
  readonly store: Store
  readonly sessions: Sessions
  readonly codes: SignInCodes
  readonly limits: SignInLimits
  /** The house's clock, for what people are shown; how long a session lives goes by the machine's. */
  readonly clock: Clock
  readonly address: () => OwnAddress
  readonly post: (mail: Mail) => void
  readonly register: SessionBody['register']
}

/** Cut before it is compared: however people type it, an address is looked for in one form. */
const emailSchema = v.pipe(
  v.string(),
  v.maxLength(254),
  v.transform((text) => text.trim().normalize('NFC').toLowerCase()),
  v.minLength(3),
  v.includes('@'),
)
const askSchema = v.strictObject({ email: emailSchema })
const answerSchema = v.strictObject({ email: emailSchema, code: v.pipe(v.string(), v.maxLength(40)) })

/** /api/session: in, who am I, out. `readSession` stands before it. */
export function sessionRoutes(deps: SessionDeps): Hono<ServerEnv> {
  const { store, sessions, codes, limits, address } = deps
  const app = new Hono<ServerEnv>()

  app.post('/api/session/code', async (c) => {
    const { email } = await readJson(c, askSchema)
    const waitSeconds = limits.mayAsk(c, email)
    if (waitSeconds > 0) return tooFast(c, waitSeconds)
    // The same work whether the address is known or not; only the mail differs, and it leaves after the answer.
    const code = await codes.make(email)
    const account = accountFor(store, email)
    if (code !== undefined && account !== undefined)
      deps.post(signInMail(account.email, account.locale, code))
    return c.body(null, 204)
  })

  app.post('/api/session', async (c) => {
    const { email, code } = await readJson(c, answerSchema)
    const waitSeconds = limits.mayGuess(c, email)
    if (waitSeconds > 0) return tooFast(c, waitSeconds)
    const right = await codes.spend(email, code.replaceAll(/[\s-]/g, ''))
    const account = accountFor(store, email)
    if (!right || account === undefined) return problem(c, 401, 'session/wrong-code')
    limits.wasRight(c, email)
    const token = await sessions.start(
      account.id,
      deviceLabel(c.req.header('user-agent')),
      tokenOf(c, address()),
    )
    giveCookie(c, address(), token)
    return c.json(bodyFor(deps, account.id))
  })

  app.get('/api/session', (c) => {
    const session = c.get('session')
    return session === undefined ? problem(c, 401, 'session/none') : c.json(bodyFor(deps, session.account))
  })

  app.delete('/api/session', async (c) => {
    const session = c.get('session')
    const everywhere = c.req.query('everywhere') === '1' || (await saysEverywhere(c.req.raw))
    if (session !== undefined && everywhere) await sessions.endAll(session.account)
    else if (session !== undefined) await sessions.end(session.tokenHash)
    takeCookie(c, address())
    // Deleting rows leaves them on the disk of the device; this does not (reliability F7). It takes all of the origin, so not
    // where the device says that another account's unsent work is kept.
    c.header('clear-site-data', c.req.query('others') === '1' ? '"cookies"' : '"cookies", "storage"')
    return c.body(null, 204)
  })

  return app
}

function bodyFor({ store, clock, register }: SessionDeps, id: string): SessionBody {
  const account = must(store.facts.get('account', id), 'account of session')
  const person = must(store.facts.get('person', account.person), 'person of account')
  return {
    account: id,
    person: { id: person.id, name: person.name, email: account.email, locale: account.locale },
    roles: rolesOf(id, store.facts),
    register,
    now: clock.now(),
    today: clock.today(),
  }
}

function accountFor({ facts }: Store, email: string) {
  return facts.find('account', 'email', email).find((account) => account.state === 'active')
}

async function saysEverywhere(request: Request): Promise<boolean> {
  const text = await request.text()
  if (text === '') return false
  try {
    return v.is(v.object({ everywhere: v.literal(true) }), JSON.parse(text))
  } catch {
    return false
  }
}

/** Enough for a person to know a device again in a list; the whole string would be a fingerprint. */
function deviceLabel(agent = ''): string {
  const browser = /Edg\/|Firefox\/|Chrome\/|Safari\//.exec(agent)?.[0].replace('/', '') ?? ''
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(agent)?.[0] ?? ''
  return [browser, system].filter((part) => part !== '').join(', ')
}
