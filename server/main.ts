import { realClock } from './clock.ts'
import { readConfig } from './config.ts'
import { createLog } from './log.ts'
import { createSmtpMailer } from './mail/mailer.ts'
import { explainStartFailure, run, stopOnSignal } from './run.ts'

try {
  const config = readConfig(process.env)
  const log = createLog(config.logLevel)
  const running = await run({
    config,
    clock: realClock(),
    log,
    mailer: createSmtpMailer({ smtpUrl: config.smtpUrl ?? '', from: config.mailFrom }),
  })
  stopOnSignal(running, log)
  console.log(`Handslag is listening on ${running.listening.address.url}`)
} catch (fault) {
  console.error(explainStartFailure(fault))
  process.exit(1)
}
