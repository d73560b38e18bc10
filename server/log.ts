import { randomBytes } from 'node:crypto'
import { pino, type DestinationStream } from 'pino'
import type { LogLevel } from './config.ts'

/**
 * What a log line may carry. Everything here is a word, number or pattern of the house's own making: no addresses, names,
 * numbers, tokens, URLs or texts from outside. What is not on the list is dropped, whoever passes it.
 */
export interface LogFields {
  readonly requestId?: string
  readonly method?: string
  /** The pattern (`/sync/:name`), never the path asked for. */
  readonly route?: string
  readonly status?: number
  readonly ms?: number
  readonly type?: string
  readonly code?: string
  readonly reference?: string
  readonly count?: number
  readonly attempt?: number
  readonly port?: number
  readonly signal?: string
}

const allowed: readonly (keyof LogFields)[] = [
  'requestId',
  'method',
  'route',
  'status',
  'ms',
  'type',
  'code',
  'reference',
  'count',
  'attempt',
  'port',
  'signal',
]

export interface Log {
  readonly debug: (event: string, fields?: LogFields) => void
  readonly info: (event: string, fields?: LogFields) => void
  readonly warn: (event: string, fields?: LogFields) => void
  /** A bug or a broken machine. Answers the reference number under which the line can be found; people are shown only that. */
  readonly fault: (event: string, error: unknown, fields?: LogFields) => string
}

/** JSON lines, to standard output unless told otherwise. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const lines = destination === undefined ? pino(options) : pino(options, destination)
  return {
    debug: (event, fields) => lines.debug(cleaned(fields), event),
    info: (event, fields) => lines.info(cleaned(fields), event),
    warn: (event, fields) => lines.warn(cleaned(fields), event),
    fault: (event, error, fields) => {
      const reference = randomBytes(5).toString('hex')
      lines.error({ ...cleaned(fields), reference, ...outlineOf(error) }, event)
      return reference
    },
  }
}

function cleaned(fields: LogFields | undefined): Record<string, string | number> {
  const kept: Record<string, string | number> = {}
  if (fields === undefined) return kept
  for (const name of allowed) {
    const value: unknown = fields[name]
    if (typeof value === 'number') kept[name] = value
    if (typeof value === 'string') kept[name] = masked(value.slice(0, 120))
  }
  return kept
}

/** A second net under the list: what looks like an address or a personal number is not written even in an allowed field. */
function masked(text: string): string {
  return text.includes('@') || /\d{6}[-+A-FU-Y]?\d{3}/i.test(text) ? '[masked]' : text
}

/** Where it broke, without the error's message: messages quote what they choked on, and that may be a person. */
function outlineOf(error: unknown): { error: string; code?: string; where?: string[] } {
  if (!(error instanceof Error)) return { error: typeof error }
  const stack = error.stack ?? ''
  // The stack begins with the message, whose lines may look like frames.
  const afterMessage = stack.slice(stack.indexOf(error.message) + error.message.length)
  const frames = afterMessage.split('\n').filter((line) => /^\s+at /.test(line))
  const code =
    'code' in error && typeof error.code === 'string' ? { code: masked(error.code.slice(0, 60)) } : {}
  return { error: error.name, ...code, where: frames.slice(0, 8).map((line) => line.trim()) }
}
