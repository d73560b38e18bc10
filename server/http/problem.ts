import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as v from 'valibot'
import { maxCallBytes } from '#shared/protocol/commands-message.ts'
import type { Log } from '../log.ts'

/** An answer that says no, always JSON with a code a program can read. `field` names what was wrong, never its value. */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  more: { readonly field?: string; readonly reference?: string } = {},
): Response {
  return c.json({ code, ...more }, status)
}

/** Thrown by what reads a request, answered in one place below. */
export class BadRequest extends Error {
  readonly field: string
  constructor(field: string) {
    super('bad request')
    this.name = 'BadRequest'
    this.field = field
  }
}

/** The body as the schema says, made of own keys only. Anything else is a BadRequest that names the first wrong field. */
export async function readJson<T>(c: Context, schema: v.GenericSchema<unknown, T>): Promise<T> {
  let body: unknown
  try {
    body = await c.req.json()
  } catch {
    throw new BadRequest('body')
  }
  return checked(body, schema)
}

/** The query as the schema says; a name given twice counts once. */
export function readQuery<T>(c: Context, schema: v.GenericSchema<unknown, T>): T {
  return checked(c.req.query(), schema)
}

function checked<T>(value: unknown, schema: v.GenericSchema<unknown, T>): T {
  const result = v.safeParse(schema, value, { abortEarly: true })
  if (!result.success) throw new BadRequest(v.getDotPath(result.issues[0])?.slice(0, 120) ?? 'body')
  return result.output
}

/** For `app.onError`: a bad request is answered, everything else is a fault with a reference number and no detail. */
export function answerErrors(log: Log): ErrorHandler {
  return (error, c) => {
    if (error instanceof BadRequest) return problem(c, 400, 'request/shape', { field: error.field })
    const reference = log.fault('fault', error, { method: c.req.method })
    return problem(c, 500, 'fault', { reference })
  }
}

/** For `app.notFound`: absent routes say the same to everyone. */
export const answerNotFound: NotFoundHandler = (c) => problem(c, 404, 'not-found')

/** Stops reading at 256 kB, whatever the headers promised. */
export const limitBody = bodyLimit({
  maxSize: maxCallBytes,
  onError: (c) => problem(c, 413, 'request/too-large'),
})
