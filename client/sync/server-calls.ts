/** What came of asking the server, as far as the device must act differently. */
export type Call<T> =
  | { readonly kind: 'answered'; readonly body: T; readonly headers: Headers }
  /** No session, or another account's: ask the person to sign in; keep everything. */
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'update-needed' }
  /** Too fast, or the server is stopping. */
  | { readonly kind: 'later'; readonly waitMs: number | null }
  /** The request itself is at fault; the same again would get the same. */
  | { readonly kind: 'rejected'; readonly status: number }
  | { readonly kind: 'unreachable' }

export interface ServerCalls {
  readonly json: <T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => Promise<Call<T>>
  readonly bytes: (path: string) => Promise<Call<Uint8Array>>
}

export interface ServerCallDeps {
  readonly fetch: typeof fetch
  readonly origin: string
}

const patienceMs = 30_000

/**
 * The account goes with every call, so that a device whose cookie has become another account's (signed in in another tab) is
 * told that it is signed out, instead of mixing the two.
 */
export function makeServerCalls(deps: ServerCallDeps, account: string | null): ServerCalls {
  async function ask<T>(
    method: string,
    path: string,
    body: unknown,
    read: (response: Response) => Promise<T>,
  ): Promise<Call<T>> {
    const headers = new Headers({ accept: 'application/json' })
    if (body !== undefined) headers.set('content-type', 'application/json')
    if (account !== null) headers.set('x-account', account)
    try {
      const response = await deps.fetch(new URL(path, deps.origin).href, {
        method,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: AbortSignal.timeout(patienceMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (response.ok) return { kind: 'answered', body: await read(response), headers: response.headers }
      await response.body?.cancel()
      return failure(response)
    } catch {
      // No network, cut off half way, or an answer that is not what it says: all the same to a device, it asks again.
      return { kind: 'unreachable' }
    }
  }

  return {
    json: <T>(method: string, path: string, body?: unknown) =>
      ask(
        method,
        path,
        body,
        async (response) => (response.status === 204 ? undefined : await response.json()) as T,
      ),
    bytes: (path) =>
      ask('GET', path, undefined, async (response) => new Uint8Array(await response.arrayBuffer())),
  }
}

function failure({ status, headers }: Response): Exclude<Call<never>, { kind: 'answered' }> {
  if (status === 401) return { kind: 'signed-out' }
  if (status === 426) return { kind: 'update-needed' }
  if (status === 429 || status >= 500)
    return { kind: 'later', waitMs: retryAfterMs(headers.get('retry-after')) }
  return { kind: 'rejected', status }
}

function retryAfterMs(value: string | null): number | null {
  const seconds = Number(value ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null
}
