import type { CDPSession } from 'playwright-core'
import type { Installed } from './installed.ts'
import { openProfile } from './profile.ts'

/** The main thread's own processor time: what other processes do meanwhile is not the keystroke's. */
export interface Keystroke {
  /** Scripts: the search, and the change of the page. */
  readonly scriptMs: number
  /** All until it was quiet again, with styles, layout and painting. */
  readonly allMs: number
}

const queries = ['anna', '1985', 'karlsson', 'berg', 'zz', 'e', '19700101', 'per-erik']
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
  const cdp = await context.newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  // What asking costs, and what the page does by itself.
  const idle = await busyDuring(cdp, () => page.waitForTimeout(quietMs))
  const measured: Keystroke[] = []
  for (const query of queries) {
    for (const letter of [...Array.from(query), ...Array.from(query, () => 'Backspace')]) {
      const { scriptMs, allMs } = await busyDuring(cdp, async () => {
        await page.keyboard.press(letter)
        await page.waitForTimeout(quietMs)
      })
      measured.push({
        scriptMs: Math.max(0, scriptMs - idle.scriptMs),
        allMs: Math.max(0, allMs - idle.allMs),
      })
    }
  }
  await context.close()
  return measured
}

async function busyDuring(cdp: CDPSession, work: () => Promise<void>): Promise<Keystroke> {
  const before = await busySoFar(cdp)
  await work()
  const after = await busySoFar(cdp)
  return { scriptMs: after.scriptMs - before.scriptMs, allMs: after.allMs - before.allMs }
}

async function busySoFar(cdp: CDPSession): Promise<Keystroke> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  const ms = (wanted: string) => (metrics.find(({ name }) => name === wanted)?.value ?? 0) * 1000
  return { scriptMs: ms('ScriptDuration'), allMs: ms('TaskDuration') }
}
