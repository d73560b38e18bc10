import { buildApp, buildPeer } from '../client/build-pages.ts'
import { coldStarts, type ColdStarts } from '../client/cold-start.ts'
import { install } from '../client/installed.ts'
import { keystrokes } from '../client/keystrokes.ts'
import { scrollThrough } from '../client/scrolling.ts'
import type { Drawing } from '../client/watch-drawing.ts'
import { median, percentile } from '../statistics.ts'
import { decimal, printTable, times, whole } from '../table.ts'

const rounds = 7
const sizes = [5_000, 50_000] as const

/** The app on a device without a network, beside a page that does nothing but read Dexie's rows. */
export async function clientSection(): Promise<void> {
  const pages = { app: await buildApp(), peer: await buildPeer() }
  const table: string[][] = [
    [
      'contacts',
      'ours ms',
      'Dexie ms',
      'ratio',
      'ours all ms',
      'all ratio',
      'ours longest task before/after',
      'Dexie',
    ],
  ]
  for (const rows of sizes) {
    const installed = await install(pages, rows)
    table.push(startRow(rows, await coldStarts(installed, rounds)))
    if (rows === 5_000) {
      const { frames, late, longestMs, longTasks } = await scrollThrough(installed)
      printTable('Flings through 5 000 contacts', [
        ['frames', 'later than 50 ms', 'longest ms', 'long tasks'],
        [whole(frames), whole(late), whole(longestMs), whole(longTasks)],
      ])
    } else {
      const strokes = await keystrokes(installed)
      const row = (title: string, values: readonly number[]) => [
        title,
        decimal(percentile(values, 50)),
        decimal(percentile(values, 95)),
      ]
      printTable(`A keystroke in the search over ${whole(rows)} contacts, main thread's processor time`, [
        ['', 'p50 ms', 'p95 ms'],
        row(
          'scripts: the search and the change of the page',
          strokes.map(({ scriptMs }) => scriptMs),
        ),
        row(
          'all, with styles, layout and painting',
          strokes.map(({ allMs }) => allMs),
        ),
      ])
    }
  }
  printTable(
    'Cold start without a server, from navigation to a drawn list that scrolls (less is better)',
    table,
    [
      `medians of ${rounds} starts each, taking turns, each in a new browser process on the same profile`,
      "all: every row in memory, sorted and searchable; Dexie's page has all when it draws, unsorted and not searchable",
    ],
  )
}

function startRow(rows: number, { ours, peer }: ColdStarts): string[] {
  const of = (drawings: readonly Drawing[], what: keyof Drawing) => median(drawings.map((one) => one[what]))
  return [
    whole(rows),
    whole(of(ours, 'drawnMs')),
    whole(of(peer, 'drawnMs')),
    times(of(ours, 'drawnMs'), of(peer, 'drawnMs')),
    whole(of(ours, 'allMs')),
    times(of(ours, 'allMs'), of(peer, 'drawnMs')),
    `${whole(of(ours, 'longestBefore'))} / ${whole(of(ours, 'longestAfter'))}`,
    whole(of(peer, 'longestBefore')),
  ]
}
