import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { closeCodes } from '#shared/protocol/close-codes.ts'
import type { OwnAddress } from '../http/own-address.ts'
import { isOwnOrigin } from '../http/own-origin.ts'
import { tokenOfHeader } from '../sessions/session-cookie.ts'
import type { CurrentSession, Sessions } from '../sessions/sessions.ts'
import { createAnswerBudget } from './answer-budget.ts'
import { createLiveSocket, type LiveSocket } from './live-socket.ts'
import type { OpenChannelDeps } from './open-channel.ts'
import { serveMany } from './serve-many.ts'
import { serveOne } from './serve-one.ts'

/** y-websocket hangs up after 30 silent seconds. */
const aliveEveryMs = 20_000
const closingMs = 1500

export interface SyncLimits {
  readonly socketsPerAccount: number
  readonly sockets: number
}

export interface SyncDeps extends OpenChannelDeps {
  readonly sessions: Sessions
  readonly address: () => OwnAddress
  readonly now: () => string
  readonly limits: SyncLimits
}

export interface SyncSockets {
  readonly attach: (server: Server) => void
  readonly close: () => void
  readonly count: () => number
}

/** Everything that comes in at /sync: who it is, whether it may, and what it wants. */
export function createSyncSockets(deps: SyncDeps): SyncSockets {
  const { sessions, limits } = deps
  const channelDeps = { budget: createAnswerBudget(limits.socketsPerAccount), ...deps }
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: 64 * 1024,
    maxFragments: 16,
    maxBufferedChunks: 1024,
    perMessageDeflate: false,
    clientTracking: false,
  })
  const live = new Set<LiveSocket>()
  const perAccount = new Map<string, number>()
  const offEnded = sessions.onEnded((tokenHash) => {
    for (const { session, ws } of live) if (session.tokenHash === tokenHash) ws.close(closeCodes.signInAgain)
  })
  const timer = setInterval(() => {
    for (const socket of live) lookAfter(socket, sessions)
  }, aliveEveryMs)
  timer.unref()

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', () => stream.destroy())
    const name = readPath(request.url ?? '')
    if (name === undefined) return hangUp(stream, '404 Not Found')
    if (!isOwnOrigin(request.headers.origin, deps.address())) return hangUp(stream, '403 Forbidden')
    if (live.size >= limits.sockets) return hangUp(stream, '503 Service Unavailable')
    wss.handleUpgrade(request, stream, head, (ws) => {
      ws.on('error', () => ws.terminate())
      const token = tokenOfHeader(request.headers.cookie, deps.address())
      const session = token === undefined ? undefined : sessions.find(token)
      // Accepted first: a browser is not told why an upgrade failed, and would try for ever.
      if (session === undefined || isForAnother(request.url, session))
        return ws.close(closeCodes.signInAgain, 'sign in')
      if ((perAccount.get(session.account) ?? 0) >= limits.socketsPerAccount)
        return ws.close(1013, 'too many')
      const socket = track(ws, session)
      if (name === '') serveMany(channelDeps, socket, deps.now)
      else serveOne(channelDeps, socket, name).catch(() => ws.close(1011))
    })
  }

  function track(ws: WebSocket, session: CurrentSession): LiveSocket {
    const socket = createLiveSocket(ws, session)
    const { account } = session
    live.add(socket)
    perAccount.set(account, (perAccount.get(account) ?? 0) + 1)
    ws.on('close', () => {
      live.delete(socket)
      const left = (perAccount.get(account) ?? 1) - 1
      if (left <= 0) perAccount.delete(account)
      else perAccount.set(account, left)
    })
    return socket
  }

  return {
    attach: (server) => server.on('upgrade', upgrade),
    close() {
      clearInterval(timer)
      offEnded()
      for (const { ws } of live) ws.close(1001, 'going away')
      // Who does not answer the goodbye must not keep the house from ending.
      setTimeout(() => {
        for (const { ws } of live) ws.terminate()
      }, closingMs).unref()
    },
    count: () => live.size,
  }
}

function lookAfter(socket: LiveSocket, sessions: Sessions): void {
  if (!socket.heard) return socket.ws.terminate()
  if (!sessions.isLive(socket.session.tokenHash)) return socket.ws.close(closeCodes.signInAgain)
  socket.heard = false
  socket.ws.ping()
  socket.alive()
}

/** '' for the shared socket, the document's name for one of its own, undefined for what is neither. */
function readPath(url: string): string | undefined {
  const path = url.split('?', 1)[0] ?? ''
  if (path === '/sync' || path === '/sync/') return ''
  if (!path.startsWith('/sync/')) return undefined
  try {
    return decodeURIComponent(path.slice('/sync/'.length))
  } catch {
    return undefined
  }
}

/** A device says whose documents it holds: should the cookie by now be another account's, the two must not mix. */
function isForAnother(url: string | undefined, session: CurrentSession): boolean {
  const account = URL.parse(url ?? '', 'http://localhost')?.searchParams.get('account') ?? null
  return account !== null && account !== session.account
}

function hangUp(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
