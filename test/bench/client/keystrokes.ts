import type { CDPSession, Page } from 'playwright-core'
import type { Installed } from './installed.ts'
import { openProfile } from './profile.ts'

export interface Keystroke {
  /** From the key to the end of the last handler: the search, and the change of the page. */
  readonly handlersMs: number
  /** All the main thread did until it was quiet again, with layout and painting: its own processor time. */
  readonly allMs: number
}

const queries = ['anna', '1985', 'karlsson', 'öb', 'zz', 'e', '19700101', 'per-erik']
const quietMs = 150

/** Types and takes back queries over the whole list, letter by letter as a person would. */
export async function keystrokes({ profile, ours, rows }: Installed): Promise<readonly Keystroke[]> {
  const { context, page } = await openProfile(profile)
  await page.goto(ours)
  await page.waitForFunction(
    (wanted) => document.querySelector('[role=table]')?.getAttribute('aria-rowcount') === wanted,
    String(rows + 1),
  )
  await page.waitForTimeout(1500)
  await page.locator('input[type=search]').click()
  await page.evaluate(timeHandlers)
  const cdp = await context.newCDPSession(page)
  // The thread's own time: what another process does meanwhile is not the keystroke's.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const idle = await busyDuring(cdp, () => page.waitForTimeout(quietMs))
  const measured: Keystroke[] = []
  for (const query of queries) {
    for (const letter of [...query, ...Array.from(query, () => 'Backspace')]) {
      const allMs = await busyDuring(cdp, async () => {
        await page.keyboard.press(letter)
        await page.waitForTimeout(quietMs)
      })
      const handlersMs = await lastHandlersMs(page)
      measured.push({ handlersMs, allMs: Math.max(0, allMs - idle) })
    }
  }
  await context.close()
  return measured
}

async function busyDuring(cdp: CDPSession, work: () => Promise<void>): Promise<number> {
  const before = await taskMs(cdp)
  await work()
  return (await taskMs(cdp)) - before
}

async function taskMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
}

function lastHandlersMs(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { handlersMs: number }).handlersMs)
}

/** In the page: first at the window on the way down, last at the window on the way up. */
function timeHandlers(): void {
  let startedMs = 0
  addEventListener('keydown', () => (startedMs = performance.now()), { capture: true })
  addEventListener('input', () => Object.assign(globalThis, { handlersMs: performance.now() - startedMs }))
}
