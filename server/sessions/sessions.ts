import { createHash, randomBytes } from 'node:crypto'
import type { Store } from '../store/store.ts'

const dayMs = 24 * 60 * 60_000
/** Unused this long, a session is over. */
export const idleLifeMs = 30 * dayMs
/** However busy, it is over then. */
export const wholeLifeMs = 180 * dayMs
/** How stale `last_seen` may be; a write per request would cost a durable commit each. */
const seenEveryMs = 60 * 60_000

export interface CurrentSession {
  readonly account: string
  readonly tokenHash: string
}

export interface Sessions {
  /** A fresh token for a fresh session; `replaces` ends the one the browser came with, so that none can be fixed on it. */
  readonly start: (account: string, deviceLabel: string, replaces: string | undefined) => Promise<string>
  readonly find: (token: string) => CurrentSession | undefined
  /** For open sockets, which outlive the request that opened them: still signed in? */
  readonly isLive: (tokenHash: string) => boolean
  readonly end: (tokenHash: string) => Promise<void>
  readonly endAll: (account: string) => Promise<void>
  /** Ends what has expired, so that its sockets are told. */
  readonly sweep: () => Promise<void>
  /** Called after COMMIT with the hash of each ended session. Answers how to stop listening. */
  readonly onEnded: (listener: (tokenHash: string) => void) => () => void
}

interface SessionRow {
  readonly account: string
  readonly created_at: number
  readonly last_seen: number
  readonly expires_at: number
}

/** Sessions by the hash of a 256-bit token; the token itself is only ever in the cookie. */
export function createSessions(store: Store, nowMs: () => number = Date.now): Sessions {
  const { facts, write } = store
  const sql = statements(store)
  const listeners = new Set<(tokenHash: string) => void>()
  const tell = (tokenHashes: readonly string[]): void => {
    for (const tokenHash of tokenHashes) for (const listener of listeners) listener(tokenHash)
  }

  const read = (tokenHash: string): SessionRow | undefined => {
    const row = sql.find.get(tokenHash)
    if (row === undefined || row.expires_at <= nowMs()) return undefined
    return facts.get('account', row.account)?.state === 'active' ? row : undefined
  }

  const touch = (tokenHash: string, row: SessionRow): void => {
    const now = nowMs()
    if (now - row.last_seen < seenEveryMs) return
    const expires = Math.min(now + idleLifeMs, row.created_at + wholeLifeMs)
    // Nobody waits for this; a write that fails leaves the session an hour shorter.
    write(() => sql.touch.run(now, expires, tokenHash)).catch(() => undefined)
  }

  return {
    start: async (account, deviceLabel, replaces) => {
      const token = randomBytes(32).toString('base64url')
      const ended = await write(() => {
        const gone = replaces === undefined ? [] : sql.end.all(hashToken(replaces))
        const now = nowMs()
        sql.insert.run(hashToken(token), account, deviceLabel.slice(0, 80), now, now, now + idleLifeMs)
        return gone
      })
      tell(ended)
      return token
    },
    find: (token) => {
      const tokenHash = hashToken(token)
      const row = read(tokenHash)
      if (row === undefined) return undefined
      touch(tokenHash, row)
      return { account: row.account, tokenHash }
    },
    isLive: (tokenHash) => read(tokenHash) !== undefined,
    end: async (tokenHash) => tell(await write(() => sql.end.all(tokenHash))),
    endAll: async (account) => tell(await write(() => sql.endAll.all(account))),
    sweep: async () => {
      if (sql.anyExpired.get(nowMs()) !== undefined) tell(await write(() => sql.sweep.all(nowMs())))
    },
    onEnded: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function statements({ db }: Store) {
  const hashes = (text: string) =>
    db.prepare<[string | number], string>(`${text} RETURNING token_hash`).pluck()
  return {
    find: db.prepare<[string], SessionRow>(
      'SELECT account, created_at, last_seen, expires_at FROM session WHERE token_hash = ?',
    ),
    insert: db.prepare<[string, string, string, number, number, number]>(
      'INSERT INTO session (token_hash, account, device_label, created_at, last_seen, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    touch: db.prepare<[number, number, string]>(
      'UPDATE session SET last_seen = ?, expires_at = ? WHERE token_hash = ?',
    ),
    anyExpired: db.prepare<[number]>('SELECT 1 FROM session WHERE expires_at <= ? LIMIT 1'),
    end: hashes('DELETE FROM session WHERE token_hash = ?'),
    endAll: hashes('DELETE FROM session WHERE account = ?'),
    sweep: hashes('DELETE FROM session WHERE expires_at <= ?'),
  }
}

/** A token is 256 random bits, so a plain hash cannot be guessed back. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
