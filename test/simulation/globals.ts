import { makePrng } from './prng.ts'
import { createTimeline, type Plan, type Timeline } from './timeline.ts'

/**
 * Takes away the machine's own clock, timers and dice, and puts simulated ones in their place, before anything of the house is
 * loaded: what a module does with time or chance it does with these. Only for a process that does nothing else.
 */
export interface Surroundings {
  readonly timeline: Timeline
  /** The wall clock right now, without anybody's error. */
  readonly wallMs: () => number
  /** What `performance.now` tells. */
  readonly watchMs: () => number
  readonly random: () => number
}

const startMs = Date.parse('2026-11-23T07:00:00.000Z')

export function passingSurroundings(onFault: (fault: unknown) => void): Surroundings {
  const timeline = createTimeline(onFault)
  return {
    timeline,
    wallMs: () => startMs + timeline.nowMs(),
    watchMs: timeline.nowMs,
    random: makePrng(0).next,
  }
}

let around = passingSurroundings((fault) => {
  throw fault
})

export function surroundWith(next: Surroundings): void {
  around = next
}

export function replaceGlobals(): void {
  const RealDate = Date
  const nowMs = () => Math.trunc(around.wallMs() + around.timeline.current().skewMs)
  class SimulatedDate extends RealDate {
    constructor(...parts: readonly unknown[]) {
      if (parts.length === 0) super(nowMs())
      else super(...(parts as [number]))
    }
    static override now(): number {
      return nowMs()
    }
  }
  const after = (
    ms: unknown,
    run: (...given: unknown[]) => void,
    given: readonly unknown[],
    every: boolean,
  ) => {
    const waitMs = Math.max(1, Number(ms ?? 0) || 0)
    return asTimer(around.timeline.plan(waitMs, () => run(...given), undefined, every ? waitMs : null))
  }
  const stop = (timer: unknown) => {
    if (timer !== null && typeof timer === 'object' && 'plan' in timer) (timer.plan as Plan).cancelled = true
  }
  const bytes = <T extends ArrayBufferView>(array: T): T => {
    const view = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    for (let at = 0; at < view.length; at += 1) view[at] = Math.floor(around.random() * 256)
    return array
  }
  Object.assign(globalThis, {
    Date: SimulatedDate,
    setTimeout: (run: () => void, ms?: number, ...given: unknown[]) => after(ms, run, given, false),
    setInterval: (run: () => void, ms?: number, ...given: unknown[]) => after(ms, run, given, true),
    setImmediate: (run: (...given: unknown[]) => void, ...given: unknown[]) =>
      asTimer(around.timeline.plan(0, () => run(...given))),
    clearTimeout: stop,
    clearInterval: stop,
    clearImmediate: stop,
  })
  Math.random = () => around.random()
  performance.now = () => around.watchMs()
  Object.defineProperty(crypto, 'getRandomValues', { value: bytes })
  Object.defineProperty(crypto, 'randomUUID', { value: () => uuidOf(bytes(new Uint8Array(16)), 4) })
  // A call that never comes back is a fault of the simulated network, which knows the device's patience itself.
  AbortSignal.timeout = () => new AbortController().signal
}

/** What `unref` and `refresh` are asked of in Node. */
function asTimer(plan: Plan): object {
  const timer = { plan, unref: () => timer, ref: () => timer, hasRef: () => true, refresh: () => timer }
  return timer
}

export function uuidOf(bytes: Uint8Array, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Buffer.from(bytes).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
