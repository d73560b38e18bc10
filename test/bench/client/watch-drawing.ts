/** What a page's start looked like from within; in milliseconds since its navigation began. */
export interface Drawing {
  /** The first rows stand on the screen and the page can be scrolled. */
  readonly drawnMs: number
  /** Every row is there to be scrolled to, and in ours searched. */
  readonly allMs: number
  /** The longest time the page answered nothing, before the first rows and after. */
  readonly longestBefore: number
  readonly longestAfter: number
}

export interface Watched {
  drawnMs?: number
  allMs?: number
  readonly tasks: { readonly start: number; readonly duration: number }[]
}

/**
 * Put into a page before anything of its own runs, in ours and the peer's alike. Rows count as drawn when a frame with them has
 * been handed over: a message posted in that frame comes after its painting.
 */
export function watchDrawing(rows: number): void {
  const watched: Watched = { tasks: [] }
  Object.assign(globalThis, { watched })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      watched.tasks.push({ start: startTime, duration })
  }).observe({ type: 'longtask', buffered: true })
  const channel = new MessageChannel()
  const after: (() => void)[] = []
  channel.port1.addEventListener('message', () => after.shift()?.())
  channel.port1.start()
  const afterPaint = (then: () => void) =>
    requestAnimationFrame(() => {
      after.push(then)
      channel.port2.postMessage(null)
    })
  let looking = false
  const look = () => {
    if (looking || watched.allMs !== undefined) return
    looking = true
    // Not at once: asking for sizes while the page is being made would make it lay itself out more often than it does.
    afterPaint(() => {
      looking = false
      const now = performance.now()
      if (watched.drawnMs === undefined && canBeScrolled()) watched.drawnMs = now
      const counted = document.querySelector('[role=table]')?.getAttribute('aria-rowcount')
      if (watched.drawnMs !== undefined && counted === String(rows + 1)) watched.allMs = now
    })
  }
  function canBeScrolled(): boolean {
    const page = document.scrollingElement
    let visible = 0
    for (const line of document.querySelectorAll<HTMLElement>('[role=row] a[href^=mailto]')) {
      if (line.checkVisibility({ visibilityProperty: true })) visible += 1
    }
    return visible >= 8 && page !== null && page.scrollHeight > innerHeight + 400
  }
  const observer = new MutationObserver(look)
  observer.observe(document, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['aria-rowcount', 'style'],
  })
}
