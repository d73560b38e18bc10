import * as v from 'valibot'
import { registerZone, type Instant } from '#shared/kernel/time.ts'

/** Everything the surroundings may decide, read once at start. */
export interface Config {
  readonly demo: boolean
  /** 0 = any free port; the one taken is printed. */
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** Origin by which people reach the house; null = derived from host and port once listening. */
  readonly publicUrl: string | null
  /** Null only in the demo, where mail ends in the dev mailbox. */
  readonly smtpUrl: string | null
  readonly mailFrom: string
  readonly logLevel: LogLevel
  /** The instant the demo's calendar stands at; always null outside the demo. */
  readonly demoNow: Instant | null
  /** Whether the last address in X-Forwarded-For may be believed. */
  readonly trustProxy: boolean
}

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** A bad configuration, with every problem at once, so that one restart is enough to mend it. */
export class ConfigProblems extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The configuration has ${problems.length} problem(s):\n- ${problems.join('\n- ')}`)
    this.name = 'ConfigProblems'
    this.problems = problems
  }
}

/** Reads the settings of README from the environment. An empty value is the same as none. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  { demo = false }: { readonly demo?: boolean } = {},
): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const problems: string[] = []
  const read = <T>(name: string, schema: v.GenericSchema<unknown, T>, fallback: T): T => {
    if (!Object.hasOwn(given, name)) return fallback
    const result = v.safeParse(schema, given[name])
    if (result.success) return result.output
    problems.push(`${name}: ${result.issues[0].message}`)
    return fallback
  }

  const config: Config = {
    demo,
    port: read('PORT', portSchema, 8080),
    host: read('HOST', hostSchema, '127.0.0.1'),
    dataDir: read('DATA_DIR', textSchema, './data'),
    publicUrl: read<string | null>('PUBLIC_URL', originSchema, null),
    smtpUrl: read<string | null>('SMTP_URL', smtpSchema, null),
    mailFrom: read('MAIL_FROM', mailFromSchema, 'Handslag <noreply@localhost>'),
    logLevel: read('LOG_LEVEL', v.picklist(logLevels, `must be one of ${logLevels.join(', ')}`), 'info'),
    demoNow: read<string | null>('DEMO_NOW', instantSchema, null),
    trustProxy: read('TRUST_PROXY', switchSchema, false),
  }

  read<string | null>('DATABASE_URL', databaseSchema, null)
  if (!demo && !Object.hasOwn(given, 'SMTP_URL')) {
    problems.push('SMTP_URL: must be set, or nobody can sign in (smtp://… or smtps://…)')
  }
  if (!demo && Object.hasOwn(given, 'DEMO_NOW')) {
    problems.push('DEMO_NOW: stops the calendar and exists only in the demo')
  }
  if (problems.length > 0) throw new ConfigProblems(problems)
  return config
}

const textSchema = v.pipe(v.string(), v.maxLength(4096, 'is too long'))
const hostSchema = v.pipe(v.string(), v.regex(/^[\w.:-]{1,255}$/, 'must be a host name or an address'))

const portSchema = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/, 'must be a number from 0 to 65535'),
  v.transform(Number),
  v.maxValue(65535, 'must be a number from 0 to 65535'),
)

/** Only the origin is kept: a path or a query would make no sense in cookies and Origin checks. */
const originSchema = v.pipe(
  v.string(),
  v.check((text) => {
    const url = URL.parse(text)
    return (
      url !== null &&
      /^https?:$/.test(url.protocol) &&
      url.pathname === '/' &&
      url.search + url.hash + url.username + url.password === ''
    )
  }, 'must be http://HOST or https://HOST without a path'),
  v.transform((text) => new URL(text).origin),
)

const smtpSchema = v.pipe(
  v.string(),
  v.check((text) => /^smtps?:$/.test(URL.parse(text)?.protocol ?? ''), 'must be smtp://… or smtps://…'),
)

const databaseSchema = v.pipe(
  v.string(),
  v.check(
    (text) => !/^postgres(?:ql)?:/.test(text),
    'PostgreSQL is not available yet; leave it out to use SQLite in DATA_DIR',
  ),
  v.check(
    (text) => /^postgres(?:ql)?:/.test(text),
    'is not understood; leave it out to use SQLite in DATA_DIR',
  ),
)

const mailFromSchema = v.pipe(
  v.string(),
  v.maxLength(320, 'is too long'),
  // A line break would let the sender's name add headers.
  v.regex(/^[^@\r\n]*@[^\r\n]*$/, 'must be an e-mail address, with or without a name'),
)

const instantSchema = v.pipe(
  v.string(),
  v.check((text) => instantOf(text) !== undefined, 'must be an ISO time, like 2026-11-23T09:00:00+01:00'),
  v.transform((text) => instantOf(text) ?? null),
)

const switchSchema = v.pipe(
  v.picklist(['0', '1'], 'must be 0 or 1'),
  v.transform((text) => text === '1'),
)

/** A time that names no zone is one of the register's. */
function instantOf(text: string): Instant | undefined {
  for (const read of [
    () => Temporal.Instant.from(text),
    () => Temporal.PlainDateTime.from(text).toZonedDateTime(registerZone).toInstant(),
  ]) {
    try {
      return read().toString()
    } catch {
      // Not written in this form.
    }
  }
  return undefined
}
