// The demo's house without its app, as a process of its own that can be killed.
import { demoClock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import { fillDemo } from '#server/demo/fill.ts'
import { createMailbox } from '#server/demo/mailbox.ts'
import { createLog } from '#server/log.ts'
import { run, stopOnSignal } from '#server/run.ts'

const config = readConfig({ LOG_LEVEL: 'warn', ...process.env, PORT: '0' }, { demo: true })
const clock = demoClock('2026-11-23T08:00:00Z')
const log = createLog(config.logLevel)
const mailbox = createMailbox({ now: clock.now })
const running = await run({
  config,
  clock,
  log,
  mailer: mailbox,
  routes: [mailbox.routes],
  limits: { commands: { perMinute: 1_000_000, burst: 1_000_000 } },
  prepare: (house, store) => fillDemo(house, store, clock),
})
stopOnSignal(running, log)
console.log(`Handslag is listening on ${running.listening.address.url}`)
