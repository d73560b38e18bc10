import * as Y from 'yjs'
import { updateFrame } from './peer-socket.ts'

/** Frames of plain updates of about `bytes` bytes, each a new key, as one device with its own Y.Doc makes them. */
export function mapWrites(name: string, count: number, bytes: number, prefix: string): readonly Uint8Array[] {
  const doc = new Y.Doc()
  const entries = doc.getMap<string>('entries')
  const frames: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => frames.push(updateFrame(name, update)))
  const value = 'x'.repeat(Math.max(1, bytes - 40 - prefix.length))
  for (let n = 0; n < count; n += 1) entries.set(`${prefix}${n}`, value)
  doc.destroy()
  return frames
}
