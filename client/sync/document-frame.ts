import { createDecoder, readTailAsUint8Array, readVarString } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeUint8Array, writeVarString } from 'lib0/encoding'

/** What the server says in a text frame. */
export type ControlFrame =
  | { readonly opened: string }
  | { readonly closed: string; readonly code: number }
  | { readonly alive: string }

/** One document's message on the socket that carries many: the document's name, then the y-websocket message as it is. */
export function packFrame(name: string, message: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = createEncoder()
  writeVarString(encoder, name)
  writeUint8Array(encoder, message)
  return toUint8Array(encoder)
}

/** Throws on bytes that are not a frame. */
export function unpackFrame(frame: Uint8Array): {
  readonly name: string
  readonly message: Uint8Array<ArrayBuffer>
} {
  const decoder = createDecoder(frame)
  const name = readVarString(decoder)
  // A copy of its own: y-websocket reads from the start of the buffer it is given.
  return { name, message: new Uint8Array(readTailAsUint8Array(decoder)) }
}

/** Undefined for a frame of a kind this version does not know; it is passed over. */
export function readControlFrame(text: string): ControlFrame | undefined {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof frame !== 'object' || frame === null) return undefined
  const { opened, closed, code, alive } = frame as Record<string, unknown>
  if (typeof opened === 'string') return { opened }
  if (typeof closed === 'string' && typeof code === 'number') return { closed, code }
  return typeof alive === 'string' ? { alive } : undefined
}
