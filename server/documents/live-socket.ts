import type { WebSocket } from 'ws'
import type { CurrentSession } from '../sessions/sessions.ts'

/** What may wait to be sent beyond the first copies; a reader slower than this is hung up on and comes back level. */
const maxWaitingBytes = 1024 * 1024
const messagesPerSecond = 20
const messageBurst = 200

/** One open socket of a session, with its limits, whatever it carries. */
export interface LiveSocket {
  readonly ws: WebSocket
  readonly session: CurrentSession
  /** `first` = the first copy of a document, which may be large and does not count as slowness. */
  readonly send: (bytes: Uint8Array | string, first?: boolean) => void
  /** Counts a message; false when there were too many and the socket is closing. */
  readonly mayReceive: () => boolean
  /** Says that the server is there. */
  alive: () => void
  /** Heard since the last round. */
  heard: boolean
}

export function createLiveSocket(ws: WebSocket, session: CurrentSession): LiveSocket {
  let allowance = 0
  let tokens = messageBurst
  let refilledMs = performance.now()
  const socket: LiveSocket = {
    ws,
    session,
    alive: () => undefined,
    heard: true,
    send(bytes, first = false) {
      if (ws.readyState !== ws.OPEN) return
      if (ws.bufferedAmount === 0) allowance = 0
      if (first) allowance += bytes.length
      else if (ws.bufferedAmount > maxWaitingBytes + allowance) return ws.terminate()
      ws.send(bytes)
    },
    mayReceive() {
      socket.heard = true
      const now = performance.now()
      tokens = Math.min(messageBurst, tokens + ((now - refilledMs) * messagesPerSecond) / 1000) - 1
      refilledMs = now
      if (tokens >= 0) return true
      ws.close(1008, 'too fast')
      return false
    },
  }
  ws.on('pong', () => (socket.heard = true))
  return socket
}

export function toBytes(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
