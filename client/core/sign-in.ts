import type { SessionBody } from '#shared/protocol/session-body.ts'
import type { Call, ServerCalls } from '../sync/server-calls.ts'

/** What can come of signing in, for a page to say. */
export type SignInAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false
      readonly why: 'wrong' | 'too-fast' | 'no-contact'
      readonly waitSeconds: number | null
    }

/** Always "sent", whether anybody has that address or not. */
export async function askForCode(calls: ServerCalls, email: string): Promise<SignInAnswer<undefined>> {
  return answerOf(await calls.json<undefined>('POST', '/api/session/code', { email }))
}

export async function signInWithCode(
  calls: ServerCalls,
  email: string,
  code: string,
): Promise<SignInAnswer<SessionBody>> {
  return answerOf(await calls.json<SessionBody>('POST', '/api/session', { email, code }))
}

function answerOf<T>(call: Call<T>): SignInAnswer<T> {
  switch (call.kind) {
    case 'answered':
      return { ok: true, value: call.body }
    case 'signed-out':
    case 'rejected':
      return { ok: false, why: 'wrong', waitSeconds: null }
    case 'later':
      return {
        ok: false,
        why: 'too-fast',
        waitSeconds: call.waitMs === null ? null : Math.ceil(call.waitMs / 1000),
      }
    case 'unreachable':
    case 'update-needed':
      return { ok: false, why: 'no-contact', waitSeconds: null }
  }
}
