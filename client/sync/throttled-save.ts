/** Writes at most once a second, and less often when one write takes long: a stream of changes must not become a stream of megabytes. */
export interface ThrottledSave {
  readonly soon: () => void
  /** At once, when something waits: the page is about to be hidden or closed. */
  readonly now: () => Promise<void>
  readonly stop: () => void
}

const leastGapMs = 1000
/** Saving may take a twentieth of the time. */
const gapPerSaving = 20

export function makeThrottledSave(
  save: () => Promise<void>,
  onFault: (fault: unknown) => void,
): ThrottledSave {
  let timer: ReturnType<typeof setTimeout> | undefined
  let notBefore = 0
  let waiting = false

  async function run(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (!waiting) return
    waiting = false
    const startedAt = performance.now()
    notBefore = startedAt + leastGapMs
    try {
      await save()
    } catch (fault) {
      // What was not saved is fetched again at the next start.
      onFault(fault)
    }
    const endedAt = performance.now()
    notBefore = endedAt + Math.max(leastGapMs, (endedAt - startedAt) * gapPerSaving)
  }

  return {
    soon: () => {
      waiting = true
      timer ??= setTimeout(() => void run(), Math.max(leastGapMs, notBefore - performance.now()))
    },
    now: run,
    stop: () => {
      waiting = false
      clearTimeout(timer)
      timer = undefined
    },
  }
}
