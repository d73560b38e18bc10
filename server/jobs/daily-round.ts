import { Cron } from 'croner'
import { registerZone } from '#shared/kernel/time.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'

export interface DailyRoundDeps {
  readonly store: Store
  readonly clock: Clock
  /** Hands an ordinary command to the house, spoken by the house itself. */
  readonly issue: (type: 'bond.expire' | 'bond.lapse', input: { readonly id: string }) => Promise<unknown>
  /** Recomputes what changes with the day alone. */
  readonly refresh?: () => Promise<void>
  readonly log: Log
}

export interface DailyRound {
  /** Goes once, now. Two never go at once. */
  readonly go: () => Promise<void>
  readonly stop: () => void
}

/**
 * Time as a source of commands: requests nobody answered and ends whose day has come. Starts with a round, then a minute past
 * every whole hour of the register's zone: the first after midnight does the work, and the others mend a night when the
 * house slept or failed. A round with nothing due costs one indexed read.
 */
export function startDailyRound({ store, clock, issue, refresh, log }: DailyRoundDeps): DailyRound {
  const due = store.db.prepare<[string], { readonly id: string }>(
    'SELECT id FROM bond WHERE due IS NOT NULL AND due <= ? ORDER BY due, id',
  )
  const round = async (): Promise<void> => {
    let count = 0
    for (const { id } of due.all(clock.today())) {
      const state = store.facts.get('bond', id)?.state
      if (state !== 'proposed' && state !== 'ending') continue
      try {
        await issue(state === 'proposed' ? 'bond.expire' : 'bond.lapse', { id })
        count += 1
      } catch (error) {
        // One that cannot be done must not keep the others from their day.
        log.fault('daily round: one failed', error, { type: 'bond' })
      }
    }
    await refresh?.()
    if (count > 0) log.info('daily round', { count })
  }

  let going: Promise<void> | undefined
  const go = (): Promise<void> => {
    going ??= round()
      .catch((error: unknown) => void log.fault('daily round failed', error))
      .finally(() => {
        going = undefined
      })
    return going
  }
  const cron = new Cron('1 * * * *', { timezone: registerZone, unref: true }, () => go())
  void go()
  return { go, stop: () => cron.stop() }
}
