import { createDecoder, readVarString } from 'lib0/decoding'
import type { HandshakeAnswer } from '#shared/protocol/documents-message.ts'
import type { MemoryDatabase } from './memory-disk.ts'
import type { Sim } from './sim.ts'
import { entriesOf } from './stored-content.ts'

/** Whether a device has let go of what a handshake told it to, before anything of that document comes to it again. */
export interface PurgeWatch {
  /** `first`: no link stands on which something could cross with this. */
  readonly expect: (answer: HandshakeAnswer | undefined, first: boolean) => void
  readonly frame: (data: Uint8Array | string, disk: MemoryDatabase) => void
  /** Purged at an older number than the server's, and still there: its content is rightly less than that number's. */
  readonly isWaiting: (document: string, seq: number) => boolean
  readonly forget: () => void
}

export function purgeWatch(sim: Sim, device: string): PurgeWatch {
  const keys = new Map<string, ReadonlySet<string>>()
  /** The server's number when it told to purge. */
  const waiting = new Map<string, number>()
  return {
    expect: (answer, first) => {
      for (const { name, purge, seq } of answer?.documents ?? []) {
        // A later answer speaks of a later state: what had left may be back.
        keys.delete(name)
        if (purge.length === 0) continue
        sim.count('purges')
        waiting.set(name, seq)
        if (first) keys.set(name, new Set(purge))
      }
    },
    frame: (data, disk) => {
      if (typeof data === 'string') return
      const name = readVarString(createDecoder(data))
      const gone = keys.get(name)
      if (gone === undefined) return
      keys.delete(name)
      const document = disk.documents().find((one) => one.name === name)
      const kept =
        document === undefined ? [] : [...entriesOf(document.bytes).keys()].filter((key) => gone.has(key))
      if (kept.length > 0) sim.fail(`${device} still holds what it was told to erase from ${name}`)
    },
    isWaiting: (document, seq) => seq < (waiting.get(document) ?? 0),
    forget: () => {
      keys.clear()
    },
  }
}
