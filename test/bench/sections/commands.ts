import { median } from '../statistics.ts'
import { printTable, times, whole } from '../table.ts'
import { makeTemplate, startOurs } from './commands-ours.ts'
import { startPeer } from './commands-peer.ts'
import { commandsPlan, mixes, rounds } from './commands-plan.ts'
import { startProviders } from './commands-providers.ts'

/** What a round came to: writes per second, counted at the reader, and the server's processor time for each. */
export interface Round {
  readonly perSecond: number
  readonly cpuUs: number
  /** How much of a processor the busiest process of the load took. */
  readonly loadShare: number
}

/** One server under measurement. */
export interface Runner {
  readonly round: (round: number) => Promise<Round>
  readonly stop: () => Promise<void>
}

/** Where every update is stored whole at once, a round of the full size would take minutes. */
const storedPerRound = 600
/** With a hundred devices in one document each write is applied a hundred times: a round of the full size would take minutes. */
const crowdPerRound = 600
/** From here on the load, not the server, may be what limits. */
const loadIsFull = 0.9

/** Accepted, validated, durable and projected commands per second, beside plain unvalidated updates through Hocuspocus. */
export async function commandsSection(): Promise<void> {
  const stored = process.argv.includes('--stored')
  const template = await makeTemplate(commandsPlan)
  const rows = [
    ['mix', 'ours/s', 'provider/s', 'ratio', 'raw/s', 'ratio', 'ours µs', 'provider µs', 'raw µs'],
  ]
  if (stored) rows[0]?.push('stored/s', 'ratio')
  for (const mix of mixes) {
    const crowd = mix.hot && mix.writers >= 100
    const measured = await measure([
      await startOurs(template, commandsPlan, mix),
      await startProviders(mix, crowd ? crowdPerRound : mix.perRound),
      await startPeer(mix, null, mix.perRound),
      ...(stored ? [await startPeer(mix, 0, storedPerRound)] : []),
    ])
    const [ours = none, provider = none, raw = none, atOnce = none] = measured
    rows.push([
      mix.title,
      shown(ours),
      shown(provider),
      times(ours.perSecond, provider.perSecond),
      shown(raw),
      times(ours.perSecond, raw.perSecond),
      whole(ours.cpuUs),
      whole(provider.cpuUs),
      whole(raw.cpuUs),
      ...(stored ? [shown(atOnce), times(ours.perSecond, atOnce.perSecond)] : []),
    ])
  }
  printTable('Commands per second, at the reader', rows, [
    `Median of ${rounds} interleaved rounds; at most 200 writes of a writer unanswered. µs: processor time of the server for each write.`,
    'ours: bond.propose of about 300 B by POST, up to 100 to a call as the outbox makes them; each validated, decided, committed',
    '  with FULL and projected before it is answered. The reader is a Y.Doc fed through /sync.',
    'provider: Hocuspocus 4 as its users run it. Each writer is a HocuspocusProvider with a Y.Doc of its own (in a process of their',
    '  own), each write a map.set of 300 B in its own transaction; the reader is a provider too. SQLite extension, default debounce:',
    '  nothing is validated, and nothing of a round is on disk when it counts.',
    'raw: the same server, but updates encoded beforehand and sent over bare sockets, and a reader that only counts. No application',
    '  runs it so; it shows what the server can take.',
    ...(stored
      ? [
          'stored: as raw, with debounce 0: each document is stored whole soon after each change was sent out.',
        ]
      : [
          'With --stored also Hocuspocus with debounce 0, which stores a document soon after each change (slow).',
        ]),
    '*: a process of the load was at its limit (over 90 % of a processor): the server alone could do more; compare µs.',
  ])
}

const none: Round = { perSecond: 0, cpuUs: 0, loadShare: 0 }

/** Round by round in turn, so that a slow minute of the machine hits all; the medians. Round 0 warms up. */
async function measure(runners: readonly Runner[]): Promise<readonly Round[]> {
  const measured: Round[][] = runners.map(() => [])
  for (let round = 0; round <= rounds; round += 1) {
    for (const [n, runner] of runners.entries()) {
      const result = await runner.round(round)
      if (round > 0) measured[n]?.push(result)
    }
  }
  for (const runner of runners) await runner.stop()
  return measured.map((list) => ({
    perSecond: median(list.map((one) => one.perSecond)),
    cpuUs: median(list.map((one) => one.cpuUs)),
    loadShare: median(list.map((one) => one.loadShare)),
  }))
}

function shown({ perSecond, loadShare }: Round): string {
  return `${whole(perSecond)}${loadShare > loadIsFull ? '*' : ' '}`
}
