import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** Chance that can be had again: the seed is printed with every failure. */
export function seededChance(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (count: number) => Math.floor(next() * count)
  return { next, below, pick: <T>(items: readonly T[]): T => items[below(items.length)]! }
}
export type SeededChance = ReturnType<typeof seededChance>

export function message(kind: number, step: number, payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, kind)
  encoding.writeVarUint(encoder, step)
  encoding.writeVarUint8Array(encoder, payload)
  return encoding.toUint8Array(encoder)
}

/** What is known to hurt whoever decodes it (reliability F5), and what is right, to be bent. */
export function hostileMessages(name: string): readonly Uint8Array[] {
  const doc = new Y.Doc()
  doc.getMap('entries').set('own:1', '{"kind":"own"}')
  doc.getMap('entries').delete('own:1')
  doc.getArray('x').insert(0, ['__proto__', { ['__proto__']: { administrator: true } }])
  const update = Y.encodeStateAsUpdate(doc)
  const vector = Y.encodeStateVector(doc)
  /** One client with four thousand million structs: an array of that size, before anything is checked. */
  const arrayBomb = new Uint8Array([1, 0xff, 0xff, 0xff, 0xff, 0x0f, 0])
  /** Issue 687: a V2 update whose run lengths never end. */
  const endless = Uint8Array.from(
    Buffer.from('0000050000000000000000000000ffffffff0f00000000000000ff', 'hex'),
  )
  const pending = (clock: number) => {
    const encoder = encoding.createEncoder()
    for (const number of [1, 1, 77_000 + clock, clock + 1000]) encoding.writeVarUint(encoder, number)
    encoding.writeUint8(encoder, 0)
    encoding.writeVarUint(encoder, 5)
    encoding.writeVarUint(encoder, 0)
    return encoding.toUint8Array(encoder)
  }
  const vectorOf = (clients: number, clock: number) => {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, clients)
    for (let client = 0; client < Math.min(clients, 12_000); client += 1) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
    }
    return encoding.toUint8Array(encoder)
  }
  const awareness = encoding.createEncoder()
  encoding.writeVarUint(awareness, 1)
  encoding.writeVarUint8Array(awareness, new Uint8Array([1, 1, 1, 2, 123, 125]))
  const payloads = [
    update,
    vector,
    arrayBomb,
    endless,
    pending(0),
    pending(1),
    pending(2 ** 31),
    update.subarray(0, update.length - 1),
    update.subarray(0, update.length - 2),
    vectorOf(0, 0),
    vectorOf(12_000, 0),
    vectorOf(3, 5),
    vectorOf(2 ** 40, 1),
    new Uint8Array(0),
    new Uint8Array([0]),
    new Uint8Array([0, 0]),
    new Uint8Array(5000),
    Buffer.from('['.repeat(9000)),
  ]
  return [
    ...payloads.flatMap((payload) => [0, 1, 2, 3].map((step) => message(0, step, payload))),
    encoding.toUint8Array(awareness),
    message(2, 0, Buffer.from('denied')),
    message(3, 0, new Uint8Array(0)),
    new Uint8Array(0),
    new Uint8Array(60_000),
    new Uint8Array(60_000).fill(255),
    Buffer.from(name),
  ]
}

/** One of them, bent in up to three ways. */
export function bent(corpus: readonly Uint8Array[], chance: SeededChance): Uint8Array {
  let bytes: Uint8Array = Uint8Array.from(chance.pick(corpus))
  for (let times = chance.below(4); times > 0; times -= 1) bytes = bend(bytes, corpus, chance)
  return bytes
}

function bend(bytes: Uint8Array, corpus: readonly Uint8Array[], chance: SeededChance): Uint8Array {
  const at = chance.below(bytes.length + 1)
  switch (chance.below(7)) {
    case 0:
      if (at < bytes.length) bytes[at] = chance.below(256)
      return bytes
    case 1:
      return bytes.slice(0, at)
    case 2:
      return bytes.slice(at)
    case 3:
      return joined(
        bytes.subarray(0, at),
        new Uint8Array([255, 255, 255, 255, chance.below(16)]),
        bytes.subarray(at),
      )
    case 4:
      return joined(bytes, bytes.subarray(at))
    case 5: {
      const other = chance.pick(corpus)
      return joined(bytes.subarray(0, at), other.subarray(chance.below(other.length + 1)))
    }
    default:
      if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8))
      return bytes
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts)).slice(0, 64 * 1024)
}
