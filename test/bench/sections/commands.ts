import { median } from '../statistics.ts'
import { printTable, times, whole } from '../table.ts'
import { makeTemplate, startOurs } from './commands-ours.ts'
import { startPeer } from './commands-peer.ts'
import { commandsPlan, mixes, rounds } from './commands-plan.ts'

/** What a round came to: writes per second, counted at the reader, and the server's processor time for each. */
export interface Round {
  readonly perSecond: number
  readonly cpuUs: number
}

/** One server under measurement. */
export interface Runner {
  readonly round: (round: number) => Promise<Round>
  readonly stop: () => Promise<void>
}

/** Where every update is stored whole at once, a round of the full size would take minutes. */
const durablePerRound = 600

/** Accepted, validated, durable and projected commands per second, beside plain unvalidated updates through Hocuspocus. */
export async function commandsSection(): Promise<void> {
  const template = await makeTemplate(commandsPlan)
  const rows = [['mix', 'ours/s', 'peer/s', 'ratio', 'ours µs', 'peer µs', 'peer stores at once/s', 'ratio']]
  for (const mix of mixes) {
    const runners = [
      await startOurs(template, commandsPlan, mix),
      await startPeer(mix, null, mix.perRound),
      await startPeer(mix, 0, durablePerRound),
    ]
    const measured: Round[][] = runners.map(() => [])
    for (let round = 0; round <= rounds; round += 1) {
      for (const [n, runner] of runners.entries()) {
        const result = await runner.round(round)
        if (round > 0) measured[n]?.push(result)
      }
    }
    for (const runner of runners) await runner.stop()
    const [ours = 0, peer = 0, durable = 0] = measured.map((list) => median(list.map((one) => one.perSecond)))
    const [oursUs = 0, peerUs = 0] = measured.map((list) => median(list.map((one) => one.cpuUs)))
    rows.push([
      mix.title,
      whole(ours),
      whole(peer),
      times(ours, peer),
      whole(oursUs),
      whole(peerUs),
      whole(durable),
      times(ours, durable),
    ])
  }
  printTable('Commands per second, at the reader (ours: validated, committed with FULL, projected)', rows, [
    `Peer: Hocuspocus 4 with its SQLite extension. µs: processor time of the server for each write.`,
    `Median of ${rounds} interleaved rounds; bond.propose of about 300 B, up to 100 to a call. Hocuspocus: unvalidated`,
    'Y.Map updates of 300 B; with its default debounce nothing of a round is on disk yet when it counts, with debounce 0',
    'each change is stored soon after it was sent out (whole document, in SQLite’s default journal).',
  ])
}
