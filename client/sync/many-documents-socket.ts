import { closeCodes } from '#shared/protocol/close-codes.ts'
import { manyDocumentsPath } from '#shared/protocol/documents-message.ts'
import type { DocumentChannel } from './document-channel.ts'
import { packFrame, readControlFrame, unpackFrame } from './document-frame.ts'

/** The one real socket, shared by all documents. It does not dial by itself: every connection begins with a handshake. */
export interface ManyDocumentsSocket {
  readonly connect: () => void
  readonly isUp: () => boolean
  readonly disconnect: () => void
  readonly join: (channel: DocumentChannel) => void
  readonly leave: (channel: DocumentChannel) => void
  readonly send: (name: string, message: Uint8Array) => void
}

export interface SocketDeps {
  readonly WebSocket: new (url: string) => WebSocket
  readonly origin: string
  readonly account: string
  /** The epoch in which a document is asked for. */
  readonly epochOf: (name: string) => string
  readonly onUp: () => void
  readonly onDown: (code: number) => void
  /** Anything heard at all; with the server's clock when it says it. */
  readonly onHeard: (serverTime: string | null) => void
  readonly onFault: (fault: unknown) => void
}

/** The server speaks at least every 25 s; a link that is silent for longer is dead though it looks alive. */
const silenceMs = 40_000
const silenceCheckMs = 5000
const linkLost = 1006
/**
 * Awareness of nobody, in y-websocket's protocol. It gives up a document that is silent for 30 s, and on a shared socket the
 * server's sign of life reaches no document by itself: each would be shut and opened again every half minute.
 */
const nobodyMoved = new Uint8Array([1, 1, 0])

export function makeManyDocumentsSocket(deps: SocketDeps): ManyDocumentsSocket {
  const channels = new Map<string, DocumentChannel>()
  let socket: WebSocket | null = null
  let up = false
  let heardAt = 0
  let watch: ReturnType<typeof setInterval> | undefined

  function control(frame: unknown): void {
    if (up) socket?.send(JSON.stringify(frame))
  }

  function down(code: number): void {
    if (socket === null) return
    const lost = socket
    socket = null
    up = false
    clearInterval(watch)
    lost.close()
    const open = [...channels.values()]
    channels.clear()
    for (const channel of open) channel.closed(linkLost)
    deps.onDown(code)
  }

  function heard(data: unknown): void {
    heardAt = Date.now()
    if (typeof data !== 'string') {
      deps.onHeard(null)
      const { name, message } = unpackFrame(new Uint8Array(data as ArrayBuffer))
      channels.get(name)?.received(message)
      return
    }
    const frame = readControlFrame(data)
    deps.onHeard(frame !== undefined && 'alive' in frame ? frame.alive : null)
    if (frame === undefined) return
    if ('alive' in frame) for (const channel of channels.values()) channel.received(nobodyMoved)
    if ('opened' in frame) channels.get(frame.opened)?.opened()
    else if ('closed' in frame) {
      const channel = channels.get(frame.closed)
      channels.delete(frame.closed)
      channel?.closed(frame.code)
    }
  }

  return {
    isUp: () => up,
    connect: () => {
      if (socket !== null) return
      const address = new URL(manyDocumentsPath, deps.origin.replace(/^http/, 'ws'))
      // Whose documents these are: should the cookie by now be another account's, the server must say no.
      address.searchParams.set('account', deps.account)
      const dialled = new deps.WebSocket(address.href)
      socket = dialled
      dialled.binaryType = 'arraybuffer'
      heardAt = Date.now()
      watch = setInterval(() => {
        if (Date.now() - heardAt > silenceMs) down(linkLost)
      }, silenceCheckMs)
      // Of a socket given up nothing more is heard: it may go on flushing for a while.
      const listen = <K extends keyof WebSocketEventMap>(
        type: K,
        hear: (event: WebSocketEventMap[K]) => void,
      ) => {
        dialled.addEventListener(type, (event) => {
          if (socket === dialled) hear(event)
        })
      }
      listen('open', () => {
        up = true
        deps.onUp()
        for (const { name } of channels.values()) control({ open: name, epoch: deps.epochOf(name) })
      })
      listen('message', ({ data }) => {
        try {
          heard(data)
        } catch (fault) {
          deps.onFault(fault)
          down(linkLost)
        }
      })
      // What went wrong is told by the close that follows; unheard, Node throws it.
      listen('error', () => undefined)
      listen('close', ({ code }) => down(code))
    },
    disconnect: () => down(1000),
    join: (channel) => {
      channels.set(channel.name, channel)
      control({ open: channel.name, epoch: deps.epochOf(channel.name) })
    },
    leave: (channel) => {
      if (channels.get(channel.name) !== channel) return
      channels.delete(channel.name)
      control({ shut: channel.name })
    },
    send: (name, message) => {
      if (up) socket?.send(packFrame(name, message))
    },
  }
}

/** Closes after which nothing is gained by asking again. */
export function isFinal(code: number): boolean {
  return code === closeCodes.signInAgain || code === closeCodes.updateApp
}
