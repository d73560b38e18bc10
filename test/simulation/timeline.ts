/** Whoever something happens at: one life of a machine. When it dies, all it had planned dies with it. */
export interface Life {
  readonly name: string
  alive: boolean
  /** How far the machine's own clock is wrong. */
  readonly skewMs: number
}

export interface Plan {
  readonly atMs: number
  readonly order: number
  readonly life: Life
  readonly run: () => void
  readonly everyMs: number | null
  cancelled: boolean
}

/**
 * Simulated time: plans in order, one at a time, and after each everything that follows from it at once (promises) before the
 * next. So whatever is planned meanwhile belongs to the life whose turn it is, and a run depends on its seed alone.
 */
export interface Timeline {
  readonly nowMs: () => number
  /** Whose turn it is. */
  readonly current: () => Life
  readonly plan: (afterMs: number, run: () => void, life?: Life, everyMs?: number | null) => Plan
  /** Does something now in the name of a life, and all that follows from it. */
  readonly during: (life: Life, work: () => unknown) => Promise<void>
  readonly runUntil: (ms: number) => Promise<void>
  readonly ran: () => number
}

const realSetImmediate = setImmediate
/** Lets every promise that can go on do so. */
const settle = () =>
  new Promise<void>((resolve) => {
    realSetImmediate(resolve)
  })

export const nobody: Life = { name: 'nobody', alive: true, skewMs: 0 }

export function createTimeline(onFault: (fault: unknown) => void): Timeline {
  const heap: Plan[] = []
  let nowMs = 0
  let order = 0
  let ran = 0
  let current = nobody

  function plan(afterMs: number, run: () => void, life = current, everyMs: number | null = null): Plan {
    order += 1
    const made: Plan = { atMs: nowMs + Math.max(0, afterMs), order, life, run, everyMs, cancelled: false }
    push(heap, made)
    return made
  }

  /** Does not wait for a promise the work may give back: time must go on for it to be kept. */
  async function during(life: Life, work: () => unknown): Promise<void> {
    current = life
    work()
    await settle()
    current = nobody
  }

  async function turn(next: Plan): Promise<void> {
    if (next.cancelled || !next.life.alive) return
    ran += 1
    current = next.life
    const before = order
    try {
      next.run()
    } catch (fault) {
      onFault(fault)
    }
    // A watch that found nothing to do planned nothing and promised nothing; most turns are of these.
    if (next.everyMs === null || order !== before) await settle()
    current = nobody
    if (next.everyMs !== null && !next.cancelled) {
      order += 1
      push(heap, Object.assign(next, { atMs: nowMs + next.everyMs, order }))
    }
  }

  return {
    nowMs: () => nowMs,
    current: () => current,
    plan,
    during,
    ran: () => ran,
    async runUntil(ms) {
      for (;;) {
        const next = heap[0]
        if (next === undefined || next.atMs > ms) break
        pop(heap)
        nowMs = next.atMs
        await turn(next)
      }
      nowMs = ms
    },
  }
}

function isBefore(one: Plan, other: Plan): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order)
}

function push(heap: Plan[], plan: Plan): void {
  let at = heap.length
  heap.push(plan)
  while (at > 0) {
    const up = (at - 1) >> 1
    if (!isBefore(plan, heap[up]!)) break
    heap[at] = heap[up]!
    at = up
  }
  heap[at] = plan
}

function pop(heap: Plan[]): void {
  const last = heap.pop()!
  if (heap.length === 0) return
  let at = 0
  for (;;) {
    let down = 2 * at + 1
    if (down >= heap.length) break
    if (down + 1 < heap.length && isBefore(heap[down + 1]!, heap[down]!)) down += 1
    if (!isBefore(heap[down]!, last)) break
    heap[at] = heap[down]!
    at = down
  }
  heap[at] = last
}
