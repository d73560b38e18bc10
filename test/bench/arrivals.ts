import * as Y from 'yjs'

/** Counts what a reader has been sent, without the cost of applying it: how far the clocks have moved. */
export interface Arrivals {
  readonly take: (update: Uint8Array) => void
  /** Resolves when so many writes have come; rejects when nothing comes for long. */
  readonly reach: (count: number) => Promise<void>
  readonly reset: () => void
}

const patienceMs = 30_000

/** `besides` = writes of an update that are not counted (ours moves the document's number with each). */
export function countArrivals(besides: number): Arrivals {
  const { add, reach, reset } = awaitCount()
  return {
    take(update) {
      const { from, to } = Y.parseUpdateMeta(update)
      let writes = -besides
      for (const [client, clock] of to) writes += clock - (from.get(client) ?? 0)
      add(Math.max(0, writes))
    },
    reach,
    reset,
  }
}

/** A number that somebody waits for. */
export interface AwaitedCount {
  readonly add: (more: number) => void
  readonly reach: (count: number) => Promise<void>
  readonly reset: () => void
}

export function awaitCount(): AwaitedCount {
  let count = 0
  let waiting: { readonly wanted: number; readonly done: () => void } | undefined
  return {
    add(more) {
      count += more
      if (waiting !== undefined && count >= waiting.wanted) waiting.done()
    },
    reach: (wanted) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${count} of ${wanted} writes arrived`)), patienceMs)
        const done = () => {
          clearTimeout(timer)
          waiting = undefined
          resolve()
        }
        if (count >= wanted) done()
        else waiting = { wanted, done }
      }),
    reset: () => (count = 0),
  }
}
