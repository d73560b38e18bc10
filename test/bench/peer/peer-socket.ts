import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'

/** One socket to Hocuspocus, carrying many documents, in the protocol of its own provider. */
export interface PeerSocket {
  /** Resolves when the server has answered the vector. */
  readonly open: (name: string, vector?: Uint8Array) => Promise<void>
  /** Sends all, with at most so many not yet acknowledged; resolves when the last one is. */
  readonly sendAll: (frames: readonly Uint8Array[], unanswered: number) => Promise<void>
  readonly onUpdate: (listener: (name: string, update: Uint8Array) => void) => void
  readonly bytes: () => number
  readonly close: () => void
}

/** The message kinds of Hocuspocus. */
const kinds = { sync: 0, auth: 2, syncReply: 4, syncStatus: 8 } as const

export async function openPeerSocket(port: number): Promise<PeerSocket> {
  const ws = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false })
  const opened = new Map<string, () => void>()
  let acknowledged: () => void = () => undefined
  let tell: (name: string, update: Uint8Array) => void = () => undefined
  let carried: { bytesRead: number; bytesWritten: number } | undefined
  ws.on('upgrade', (response) => (carried = response.socket))
  ws.on('message', (data: Buffer) => {
    const decoder = decoding.createDecoder(data)
    const name = decoding.readVarString(decoder)
    const kind = decoding.readVarUint(decoder)
    if (kind === kinds.syncStatus) return acknowledged()
    if (kind !== kinds.sync && kind !== kinds.syncReply) return
    const step = decoding.readVarUint(decoder)
    const bytes = decoding.readVarUint8Array(decoder)
    // The server asks for what we have as well; a device that holds nothing of its own has nothing to say.
    if (step === 0) return ws.send(frame(name, kinds.sync, 1, new Uint8Array([0, 0])))
    const first = opened.get(name)
    opened.delete(name)
    tell(name, bytes)
    first?.()
  })
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject))
  return {
    open: (name, vector = new Uint8Array([0])) =>
      new Promise((resolve) => {
        opened.set(name, resolve)
        ws.send(authFrame(name))
        ws.send(frame(name, kinds.sync, 0, vector))
      }),
    sendAll: (frames, unanswered) =>
      new Promise((resolve) => {
        let sent = 0
        let answered = 0
        const more = () => {
          for (; sent < frames.length && sent - answered < unanswered; sent += 1) ws.send(frames[sent] ?? '')
          if (answered < frames.length) return
          acknowledged = () => undefined
          resolve()
        }
        acknowledged = () => {
          answered += 1
          more()
        }
        more()
      }),
    onUpdate: (listener) => (tell = listener),
    bytes: () => (carried === undefined ? 0 : carried.bytesRead + carried.bytesWritten),
    close: () => ws.terminate(),
  }
}

/** What the provider sends for a change of its Y.Doc. */
export function updateFrame(name: string, update: Uint8Array): Uint8Array {
  return frame(name, kinds.sync, 2, update)
}

function frame(name: string, kind: number, step: number, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, name)
  encoding.writeVarUint(encoder, kind)
  encoding.writeVarUint(encoder, step)
  encoding.writeVarUint8Array(encoder, bytes)
  return encoding.toUint8Array(encoder)
}

function authFrame(name: string): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, name)
  encoding.writeVarUint(encoder, kinds.auth)
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarString(encoder, '')
  encoding.writeVarString(encoder, '4.7.0')
  return encoding.toUint8Array(encoder)
}
