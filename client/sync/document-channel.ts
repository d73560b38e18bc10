import type { ManyDocumentsSocket } from './many-documents-socket.ts'

/**
 * What y-websocket believes is its WebSocket: one document's share of the one real socket. Made by y-websocket itself, again
 * after every close; it stays "connecting" until the real socket stands and the server has opened the document.
 */
export interface DocumentChannel {
  readonly name: string
  readonly opened: () => void
  readonly received: (message: Uint8Array<ArrayBuffer>) => void
  readonly closed: (code: number) => void
}

const CONNECTING = 0
const OPEN = 1
const CLOSING = 2
const CLOSED = 3

/** A class because y-websocket calls it with `new`, as the platform's own. */
export function channelClass(socket: ManyDocumentsSocket): typeof WebSocket {
  class Channel implements DocumentChannel {
    static readonly CONNECTING = CONNECTING
    static readonly OPEN = OPEN
    static readonly CLOSING = CLOSING
    static readonly CLOSED = CLOSED
    readonly CONNECTING = CONNECTING
    readonly OPEN = OPEN
    readonly CLOSING = CLOSING
    readonly CLOSED = CLOSED
    readonly name: string
    binaryType = 'arraybuffer'
    readyState: number = CONNECTING
    onopen: ((event: unknown) => void) | null = null
    onmessage: ((event: { data: ArrayBuffer }) => void) | null = null
    onclose: ((event: { code: number; reason: string }) => void) | null = null
    onerror: ((event: unknown) => void) | null = null

    /** y-websocket's address of a document is the server's, a slash, and the name as it is. */
    constructor(url: string) {
      this.name = url.slice(channelAddress.length + 1)
      // After y-websocket has set its handlers on the object it is making.
      queueMicrotask(() => {
        if (this.readyState === CONNECTING) socket.join(this)
      })
    }

    send(message: Uint8Array): void {
      if (this.readyState === OPEN) socket.send(this.name, message)
    }

    close(): void {
      if (this.readyState === CLOSED) return
      this.readyState = CLOSED
      socket.leave(this)
    }

    opened(): void {
      if (this.readyState !== CONNECTING) return
      this.readyState = OPEN
      this.onopen?.({})
    }

    received(message: Uint8Array<ArrayBuffer>): void {
      if (this.readyState === OPEN) this.onmessage?.({ data: message.buffer })
    }

    closed(code: number): void {
      if (this.readyState === CLOSED) return
      this.readyState = CLOSED
      this.onclose?.({ code, reason: '' })
    }
  }
  return Channel as unknown as typeof WebSocket
}

/** Never dialled: the part of a channel's address before the document's name. */
export const channelAddress = 'wss://documents'
