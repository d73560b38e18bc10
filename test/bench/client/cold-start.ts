import type { Installed } from './installed.ts'
import { openProfile } from './profile.ts'
import { watchDrawing, type Drawing, type Watched } from './watch-drawing.ts'

/** A new browser process, one navigation without a network, and what the page saw of it. */
async function coldStart(profile: string, url: string, rows: number): Promise<Drawing> {
  const { context, page } = await openProfile(profile)
  try {
    await page.addInitScript(watchDrawing, rows)
    await page.goto(url, { waitUntil: 'commit' })
    const handle = await page.waitForFunction(() => {
      const { watched } = globalThis as unknown as { watched: Watched }
      return watched.allMs !== undefined && watched.drawnMs !== undefined && watched.drawnMs >= 0
        ? watched
        : false
    })
    const { drawnMs = 0, allMs = 0, tasks } = (await handle.jsonValue()) as Watched
    const longest = (some: Watched['tasks']) => Math.max(0, ...some.map(({ duration }) => duration))
    return {
      drawnMs,
      allMs,
      longestBefore: longest(tasks.filter(({ start }) => start < drawnMs)),
      longestAfter: longest(tasks.filter(({ start }) => start >= drawnMs)),
    }
  } finally {
    await context.close()
  }
}

export interface ColdStarts {
  readonly ours: readonly Drawing[]
  readonly peer: readonly Drawing[]
}

/** Taking turns, so that what else the machine does falls on both; the first of each only warms the disk's cache. */
export async function coldStarts(
  { profile, ours, peer, rows }: Installed,
  rounds: number,
): Promise<ColdStarts> {
  const drawings: { ours: Drawing[]; peer: Drawing[] } = { ours: [], peer: [] }
  for (let round = 0; round <= rounds; round += 1) {
    const mine = await coldStart(profile, ours, rows)
    const theirs = await coldStart(profile, peer, rows)
    if (round === 0) continue
    drawings.ours.push(mine)
    drawings.peer.push(theirs)
  }
  return drawings
}
