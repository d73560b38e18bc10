import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as v from 'valibot'
import { closeCodes } from '#shared/protocol/close-codes.ts'
import type { Channel } from './channel.ts'
import { toBytes, type LiveSocket } from './live-socket.ts'
import { openChannel, type OpenChannelDeps } from './open-channel.ts'

const channelsPerSocket = 64

/** A document's place on the socket; empty while it is being opened. */
interface Slot {
  channel: Channel | undefined
}

/** WS /sync: many documents on one socket; the frames stand in shared/protocol/documents-message.ts. */
export function serveMany(deps: OpenChannelDeps, socket: LiveSocket, now: () => string): void {
  const { ws, session } = socket
  const channels = new Map<string, Slot>()
  const say = (message: object) => socket.send(JSON.stringify(message))
  socket.alive = () => say({ alive: now() })
  ws.on('close', () => {
    for (const { channel } of channels.values()) channel?.shut()
    channels.clear()
  })

  async function open(name: string, epoch: string | undefined): Promise<void> {
    // Asked again: the device has let go of the first opening, though its word of that crossed with one of ours and told us nothing.
    channels.get(name)?.channel?.shut()
    channels.delete(name)
    if (channels.size >= channelsPerSocket) return say({ closed: name, code: closeCodes.noDocument })
    // Opening takes a while, and the device may shut and open again meanwhile: each opening knows its own place.
    const slot: Slot = { channel: undefined }
    channels.set(name, slot)
    let answered = false
    const channel = await openChannel(deps, {
      account: session.account,
      name,
      epoch,
      send: (bytes) => {
        socket.send(framed(name, bytes), !answered)
        answered = true
      },
      close: (code, reason) => {
        // Not about this document but about the device.
        if (code < 4000) return ws.close(code, reason)
        slot.channel?.shut()
        if (channels.get(name) !== slot) return
        channels.delete(name)
        say({ closed: name, code })
      },
    })
    if (channel === undefined) return
    // The device may have shut it, or gone, while the document was loading.
    if (channels.get(name) !== slot) return channel.shut()
    slot.channel = channel
    say({ opened: name })
  }

  ws.on('message', (data, binary) => {
    if (!socket.mayReceive()) return
    const bytes = toBytes(data)
    if (binary) {
      if (!receiveFramed(channels, bytes)) ws.close(closeCodes.wrote, 'not the protocol')
      return
    }
    const message = readControl(bytes)
    if (message === undefined) return ws.close(closeCodes.wrote, 'not the protocol')
    if ('open' in message) {
      open(message.open, message.epoch).catch(() => ws.close(1011))
      return
    }
    channels.get(message.shut)?.channel?.shut()
    channels.delete(message.shut)
  })
  socket.alive()
}

/** One frame for all sockets that read the document: a message belongs to one document, so it has one frame. */
const frames = new WeakMap<Uint8Array, Uint8Array>()

function framed(name: string, message: Uint8Array): Uint8Array {
  const made = frames.get(message)
  if (made !== undefined) return made
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, name)
  encoding.writeUint8Array(encoder, message)
  const frame = encoding.toUint8Array(encoder)
  frames.set(message, frame)
  return frame
}

function receiveFramed(channels: ReadonlyMap<string, Slot>, bytes: Uint8Array): boolean {
  try {
    const decoder = decoding.createDecoder(bytes)
    const name = decoding.readVarString(decoder)
    channels.get(name)?.channel?.receive(decoding.readTailAsUint8Array(decoder))
    return true
  } catch {
    return false
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
