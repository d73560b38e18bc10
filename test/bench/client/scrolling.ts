import type { Installed } from './installed.ts'
import { openProfile } from './profile.ts'

export interface Scrolling {
  readonly frames: number
  /** Frames that came more than 50 ms after the one before. */
  readonly late: number
  readonly longestMs: number
  /** Tasks of the page's own of more than 50 ms. */
  readonly longTasks: number
}

const flings = 12

/** Wheels through the whole list in strong flings, down and half way up again. */
export async function scrollThrough({ profile, ours, rows }: Installed): Promise<Scrolling> {
  const { context, page } = await openProfile(profile)
  await page.goto(ours)
  await page.waitForFunction(
    (wanted) => document.querySelector('[role=table]')?.getAttribute('aria-rowcount') === wanted,
    String(rows + 1),
  )
  await page.waitForTimeout(1500)
  await page.evaluate(watchFrames)
  const cdp = await context.newCDPSession(page)
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  for (let fling = 0; fling < flings; fling += 1) {
    await cdp.send('Input.synthesizeScrollGesture', {
      x: 640,
      y: 400,
      yDistance: (fling < flings - 4 ? -1 : 1) * Math.ceil(height / (flings - 4)),
      speed: 20_000,
      gestureSourceType: 'touch',
      preventFling: false,
    })
  }
  const seen = await page.evaluate(() => (globalThis as unknown as { frames: Scrolling }).frames)
  await context.close()
  return seen
}

function watchFrames(): void {
  const frames = { frames: 0, late: 0, longestMs: 0, longTasks: 0 }
  Object.assign(globalThis, { frames })
  new PerformanceObserver((list) => (frames.longTasks += list.getEntries().length)).observe({
    type: 'longtask',
  })
  let before = performance.now()
  const frame = (now: number) => {
    const gapMs = now - before
    before = now
    frames.frames += 1
    if (gapMs > 50) frames.late += 1
    frames.longestMs = Math.max(frames.longestMs, gapMs)
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}
