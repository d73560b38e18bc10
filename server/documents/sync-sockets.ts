import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as v from 'valibot'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Facts } from '#shared/kernel/facts.ts'
import { closeCodes } from '#shared/protocol/close-codes.ts'
import type { OwnAddress } from '../http/own-address.ts'
import { isOwnOrigin } from '../http/own-origin.ts'
import { tokenOfHeader } from '../sessions/session-cookie.ts'
import type { CurrentSession, Sessions } from '../sessions/sessions.ts'
import { keepAliveMessage, type Channel } from './channel.ts'
import type { Documents } from './documents.ts'
import { openChannel } from './open-channel.ts'

const maxPayload = 64 * 1024
/** What may wait to be sent beyond the first copies; a reader slower than this is hung up on and comes back level. */
const maxWaitingBytes = 1024 * 1024
const aliveEveryMs = 20_000
const messagesPerSecond = 20
const messageBurst = 200
const channelsPerSocket = 64

export interface SyncLimits {
  readonly socketsPerAccount: number
  readonly sockets: number
}

export interface SyncDeps {
  readonly documents: Documents
  readonly sessions: Sessions
  readonly facts: Facts
  readonly address: () => OwnAddress
  readonly now: () => string
  readonly limits: SyncLimits
}

/** One open socket, whatever it carries. */
interface Live {
  readonly ws: WebSocket
  readonly session: CurrentSession
  /** Bytes of first copies in flight, which do not count as slowness. */
  allowance: number
  tokens: number
  refilledMs: number
  readonly alive: () => void
  readonly end: (code: number) => void
  seen: boolean
}

export interface SyncSockets {
  readonly attach: (server: Server) => void
  readonly close: () => void
  readonly count: () => number
}

/** WS /sync/NAME: one document in plain y-websocket protocol. WS /sync: many documents on one socket. */
export function createSyncSockets(deps: SyncDeps): SyncSockets {
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload,
    maxFragments: 16,
    maxBufferedChunks: 1024,
    perMessageDeflate: false,
    clientTracking: false,
  })
  const live = new Set<Live>()
  const perAccount = new Map<string, number>()
  const offEnded = deps.sessions.onEnded((tokenHash) => {
    for (const one of [...live]) if (one.session.tokenHash === tokenHash) one.end(closeCodes.signInAgain)
  })
  const timer = setInterval(() => {
    for (const one of [...live]) {
      if (!one.seen) one.ws.terminate()
      else if (!deps.sessions.isLive(one.session.tokenHash)) one.end(closeCodes.signInAgain)
      else {
        one.seen = false
        one.ws.ping()
        one.alive()
      }
    }
  }, aliveEveryMs)
  timer.unref()

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    const name = readPath(path)
    if (name === undefined) return hangUp(socket, '404 Not Found')
    if (!isOwnOrigin(request.headers.origin, deps.address())) return hangUp(socket, '403 Forbidden')
    if (live.size >= deps.limits.sockets) return hangUp(socket, '503 Service Unavailable')
    wss.handleUpgrade(request, socket, head, (ws) => {
      const token = tokenOfHeader(request.headers.cookie, deps.address())
      const session = token === undefined ? undefined : deps.sessions.find(token)
      ws.on('error', () => ws.terminate())
      // Accepted first: a browser is not told why an upgrade failed, and would try for ever.
      if (session === undefined) return ws.close(closeCodes.signInAgain, 'sign in')
      const count = (perAccount.get(session.account) ?? 0) + 1
      if (count > deps.limits.socketsPerAccount) return ws.close(1013, 'too many')
      perAccount.set(session.account, count)
      if (name === '') serveMany(ws, session)
      else serveOne(ws, session, name)
    })
  }

  function track(ws: WebSocket, session: CurrentSession, alive: () => void, onClose: () => void): Live {
    const one: Live = {
      ws,
      session,
      allowance: 0,
      tokens: messageBurst,
      refilledMs: performance.now(),
      seen: true,
      alive,
      end: (code) => ws.close(code),
    }
    live.add(one)
    ws.on('pong', () => (one.seen = true))
    ws.on('close', () => {
      live.delete(one)
      const left = (perAccount.get(session.account) ?? 1) - 1
      if (left <= 0) perAccount.delete(session.account)
      else perAccount.set(session.account, left)
      onClose()
    })
    return one
  }

  function send(one: Live, bytes: Uint8Array | string, first = false): void {
    const { ws } = one
    if (ws.readyState !== ws.OPEN) return
    if (first) one.allowance += bytes.length
    else if (ws.bufferedAmount > maxWaitingBytes + one.allowance) return ws.terminate()
    if (ws.bufferedAmount === 0) one.allowance = first ? bytes.length : 0
    ws.send(bytes)
  }

  function serveOne(ws: WebSocket, session: CurrentSession, name: string): void {
    let channel: Channel | undefined
    const waiting: Uint8Array[] = []
    let answered = false
    const one = track(
      ws,
      session,
      () => send(one, keepAliveMessage),
      () => channel?.shut(),
    )
    ws.on('message', (data, binary) => {
      if (!mayReceive(one)) return
      if (!binary) return ws.close(closeCodes.wrote, 'not the protocol')
      const bytes = toBytes(data)
      if (channel !== undefined) channel.receive(bytes)
      else if (waiting.length < 8) waiting.push(bytes)
    })
    const opened = openChannel(deps, {
      account: session.account,
      name,
      epoch: undefined,
      send: (bytes) => {
        send(one, bytes, !answered)
        answered = true
      },
      close: (code, reason) => ws.close(code, reason),
    })
    opened.then(
      (open) => {
        if (open === undefined) return
        if (ws.readyState !== ws.OPEN) return open.shut()
        channel = open
        for (const bytes of waiting) open.receive(bytes)
      },
      () => ws.close(1011),
    )
  }

  function serveMany(ws: WebSocket, session: CurrentSession): void {
    const channels = new Map<string, Channel | null>()
    const control = (message: object, first = false) => send(one, JSON.stringify(message), first)
    const one = track(
      ws,
      session,
      () => control({ alive: deps.now() }),
      () => {
        for (const channel of channels.values()) channel?.shut()
      },
    )

    function openNamed(name: string, epoch: string | undefined): void {
      if (channels.has(name)) return
      if (channels.size >= channelsPerSocket) return control({ closed: name, code: closeCodes.noDocument })
      channels.set(name, null)
      let answered = false
      const shut = (code: number) => {
        channels.get(name)?.shut()
        channels.delete(name)
        control({ closed: name, code })
      }
      openChannel(deps, {
        account: session.account,
        name,
        epoch,
        send: (bytes) => {
          send(one, named(name, bytes), !answered)
          answered = true
        },
        close: shut,
      }).then(
        (channel) => {
          if (channel === undefined) return
          if (!channels.has(name) || ws.readyState !== ws.OPEN) return channel.shut()
          channels.set(name, channel)
          control({ opened: name })
        },
        () => shut(1011),
      )
    }

    ws.on('message', (data, binary) => {
      if (!mayReceive(one)) return
      if (binary) return receiveNamed(channels, toBytes(data), ws)
      const message = readControl(toBytes(data))
      if (message === undefined) return ws.close(closeCodes.wrote, 'not the protocol')
      if ('open' in message) return openNamed(message.open, message.epoch)
      channels.get(message.shut)?.shut()
      channels.delete(message.shut)
    })
    control({ alive: deps.now() })
  }

  return {
    attach: (server) => server.on('upgrade', upgrade),
    close() {
      clearInterval(timer)
      offEnded()
      for (const one of [...live]) one.ws.close(1001, 'going away')
    },
    count: () => live.size,
  }
}

function mayReceive(one: Live): boolean {
  one.seen = true
  const now = performance.now()
  one.tokens = Math.min(messageBurst, one.tokens + ((now - one.refilledMs) * messagesPerSecond) / 1000)
  one.refilledMs = now
  one.tokens -= 1
  if (one.tokens >= 0) return true
  one.ws.close(1008, 'too fast')
  return false
}

/** '' for the shared socket, the document's name for one of its own, undefined for what is neither. */
function readPath(path: string): string | undefined {
  if (path === '/sync' || path === '/sync/') return ''
  if (!path.startsWith('/sync/')) return undefined
  try {
    return decodeURIComponent(path.slice('/sync/'.length))
  } catch {
    return undefined
  }
}

function hangUp(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function toBytes(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}

function named(name: string, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, name)
  encoding.writeUint8Array(encoder, bytes)
  return encoding.toUint8Array(encoder)
}

function receiveNamed(channels: ReadonlyMap<string, Channel | null>, bytes: Uint8Array, ws: WebSocket): void {
  try {
    const decoder = decoding.createDecoder(bytes)
    const name = decoding.readVarString(decoder)
    channels.get(name)?.receive(decoding.readTailAsUint8Array(decoder))
  } catch {
    ws.close(closeCodes.wrote, 'not the protocol')
  }
}

const nameField = v.pipe(v.string(), v.minLength(1), v.maxLength(160))
const controlSchema = v.union([
  v.strictObject({ open: nameField, epoch: v.optional(v.pipe(v.string(), v.maxLength(64))) }),
  v.strictObject({ shut: nameField }),
])

function readControl(bytes: Uint8Array): v.InferOutput<typeof controlSchema> | undefined {
  try {
    const parsed = v.safeParse(controlSchema, JSON.parse(new TextDecoder().decode(bytes)))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}
