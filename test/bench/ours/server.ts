import { demoClock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import { createLog } from '#server/log.ts'
import { run } from '#server/run.ts'
import { systemActor } from '#shared/access/actor.ts'
import { readTask, serve } from '../in-child.ts'
import { benchDay, planWorld, type WorldPlan } from './world.ts'

export interface OurTask {
  readonly dataDir: string
  readonly plan: WorldPlan
}

export interface OurReady {
  readonly port: number
  /** A session's cookie for each account of the plan. */
  readonly cookies: readonly string[]
}

/** Our whole server as in production but for its limits per account: one account of the bench stands for many people. */
const task = await readTask<OurTask>()
const world = planWorld(task.plan)
const unlimited = { perMinute: 1e9, burst: 1e9 }
const running = await run({
  config: readConfig({ PORT: '0', DATA_DIR: task.dataDir }, { demo: true }),
  clock: demoClock(`${benchDay}T08:00:00Z`),
  log: createLog('info'),
  mailer: { send: () => Promise.resolve() },
  limits: { commands: unlimited, socketsPerAccount: 100_000, sockets: 100_000 },
  async prepare(house, store) {
    if (store.db.prepare('SELECT 1 FROM journal LIMIT 1').get() !== undefined) return
    await Promise.all(
      world.happenings.map(({ at, change }) => house.execute.record(systemActor, at, [change])),
    )
  },
})
const tokens = await Promise.all(
  world.accounts.map((account) => running.house.sessions.start(account, 'bench', undefined)),
)
serve(
  {
    port: running.listening.port,
    cookies: tokens.map((token) => `handslag_session=${token}`),
  } satisfies OurReady,
  running.stop,
)
