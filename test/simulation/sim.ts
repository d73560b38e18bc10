import { createHash } from 'node:crypto'
import { surroundWith } from './globals.ts'
import { makePrng, type Prng } from './prng.ts'
import { createTimeline, type Timeline } from './timeline.ts'

/** One run of the whole house: its time, its dice, what happened, and what was wrong. */
export interface Sim {
  readonly seed: number
  readonly timeline: Timeline
  /** What people do and what breaks; what the links do; what the house itself rolls. Apart, so that one does not shift the others. */
  readonly acts: Prng
  readonly weather: Prng
  /** Faults happen; off while things settle. */
  stormy: boolean
  readonly wallMs: () => number
  /** Nights pass. Timers do not notice, clocks do. */
  readonly sleep: (ms: number) => void
  /** The server's stop-watch runs on by so much, and nothing else happens. */
  readonly idle: (ms: number) => void
  readonly fail: (what: string) => void
  readonly failures: readonly string[]
  readonly trace: (what: string, data?: Uint8Array | string) => void
  readonly traceHash: () => string
  readonly count: (what: string, many?: number) => void
  readonly counts: () => Readonly<Record<string, number>>
}

const startMs = Date.parse('2026-11-23T07:00:00.000Z')

export function createSim(seed: number, verbose: boolean): Sim {
  const failures: string[] = []
  const counts: Record<string, number> = {}
  const hash = createHash('sha256')
  let sleptMs = 0
  let idledMs = 0
  const fail = (what: string) => {
    if (failures.length < 20) failures.push(`at ${timeline.nowMs()} ms: ${what}`)
  }
  const timeline = createTimeline((fault) => fail(`thrown: ${describe(fault)}`))
  const wallMs = () => startMs + sleptMs + timeline.nowMs()
  surroundWith({
    timeline,
    wallMs,
    watchMs: () => timeline.nowMs() + (timeline.current().name === 'server' ? idledMs : 0),
    random: makePrng(seed * 3 + 2).next,
  })
  return {
    seed,
    timeline,
    acts: makePrng(seed * 3),
    weather: makePrng(seed * 3 + 1),
    stormy: true,
    wallMs,
    sleep: (ms) => {
      sleptMs += ms
    },
    idle: (ms) => {
      idledMs += ms
    },
    fail,
    failures,
    trace: (what, data = '') => {
      const line = `${timeline.nowMs()} ${timeline.current().name} ${what} `
      hash.update(line).update(data).update('\n')
      if (verbose) console.log(line, typeof data === 'string' ? data.slice(0, 400) : `${data.length} bytes`)
    },
    traceHash: () => hash.copy().digest('hex').slice(0, 16),
    count: (what, many = 1) => {
      counts[what] = (counts[what] ?? 0) + many
    },
    counts: () => counts,
  }
}

export function describe(fault: unknown): string {
  return fault instanceof Error
    ? (fault.stack ?? fault.message).split('\n').slice(0, 4).join(' | ')
    : String(fault)
}
