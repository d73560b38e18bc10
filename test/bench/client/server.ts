import { demoClock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import { generateWorld } from '#server/demo/generate-world.ts'
import { createMailbox } from '#server/demo/mailbox.ts'
import { staticFiles } from '#server/http/static-files.ts'
import { createLog } from '#server/log.ts'
import { run } from '#server/run.ts'
import { systemActor } from '#shared/access/actor.ts'
import { readTask, serve } from '../in-child.ts'
import { benchDay } from '../ours/world.ts'

export interface ClientTask {
  readonly dataDir: string
  /** The app as it was built for this run. */
  readonly app: string
  readonly contacts: number
}

export interface ClientReady {
  readonly url: string
}

/** Our whole server with one company of many employees, and the app built for this run. */
const { dataDir, app, contacts } = await readTask<ClientTask>()
const clock = demoClock(`${benchDay}T08:00:00Z`)
const mailbox = createMailbox({ now: clock.now })
const running = await run({
  config: readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error' }, { demo: true }),
  clock,
  log: createLog('error'),
  mailer: mailbox,
  routes: [mailbox.routes, staticFiles(app)],
  async prepare(house, store) {
    if (store.db.prepare('SELECT 1 FROM journal LIMIT 1').get() !== undefined) return
    const world = [...generateWorld({ seed: 1, contacts, d0: benchDay, oneCompany: contacts })]
    await Promise.all(world.map(({ at, change }) => house.execute.record(systemActor, at, [change])))
  },
})
serve({ url: running.listening.address.url } satisfies ClientReady, running.stop)
