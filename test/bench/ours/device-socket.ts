import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'

/** A device's one socket, reading many documents. */
export interface DeviceSocket {
  /** Resolves when the document's first answer has come. `vector` is what the device holds; nothing when left out. */
  readonly open: (name: string, vector?: Uint8Array, epoch?: string) => Promise<void>
  readonly onUpdate: (listener: (name: string, update: Uint8Array) => void) => void
  /** Bytes both ways, the handshake included. */
  readonly bytes: () => number
  readonly close: () => void
}

/** The state vector of a copy that holds nothing. */
export const emptyVector: Uint8Array = new Uint8Array([0])

export async function openDeviceSocket(port: number, cookie: string): Promise<DeviceSocket> {
  const ws = new WebSocket(`ws://127.0.0.1:${port}/sync`, { headers: { cookie }, perMessageDeflate: false })
  const opened = new Map<string, () => void>()
  let tell: (name: string, update: Uint8Array) => void = () => undefined
  let carried: { bytesRead: number; bytesWritten: number } | undefined
  ws.on('upgrade', (response) => (carried = response.socket))
  ws.on('message', (data: Buffer, binary: boolean) => {
    if (!binary) {
      const message = JSON.parse(data.toString()) as { closed?: string; code?: number }
      if (message.closed !== undefined)
        throw new Error(`${message.closed} closed with ${String(message.code)}`)
      return
    }
    const decoder = decoding.createDecoder(data)
    const name = decoding.readVarString(decoder)
    if (decoding.readVarUint(decoder) !== 0) return
    decoding.readVarUint(decoder)
    const update = decoding.readVarUint8Array(decoder)
    const first = opened.get(name)
    opened.delete(name)
    tell(name, update)
    first?.()
  })
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject))
  return {
    open: (name, vector = emptyVector, epoch) =>
      new Promise((resolve) => {
        opened.set(name, resolve)
        ws.send(JSON.stringify(epoch === undefined ? { open: name } : { open: name, epoch }))
        whenOpened(ws, name, () => ws.send(named(name, vector)))
      }),
    onUpdate: (listener) => (tell = listener),
    bytes: () => (carried === undefined ? 0 : carried.bytesRead + carried.bytesWritten),
    close: () => ws.terminate(),
  }
}

/** The server drops what is said to a document before it is open. */
function whenOpened(ws: WebSocket, name: string, then: () => void): void {
  const listen = (data: Buffer, binary: boolean) => {
    if (binary || (JSON.parse(data.toString()) as { opened?: string }).opened !== name) return
    ws.off('message', listen)
    then()
  }
  ws.on('message', listen)
}

function named(name: string, vector: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, name)
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint8Array(encoder, vector)
  return encoding.toUint8Array(encoder)
}
