import type { RawData } from 'ws'
import { toBytes } from '#server/documents/live-socket.ts'

/** What the house says on a shared socket beside the documents. */
export interface ControlFrame {
  readonly opened?: string
  readonly closed?: string
  readonly code?: number
  readonly alive?: string
}

export function controlFrame(data: RawData): ControlFrame {
  return JSON.parse(new TextDecoder().decode(toBytes(data))) as ControlFrame
}
