import { Cron } from 'croner'
import type { Log } from '../log.ts'
import type { Sessions } from '../sessions/sessions.ts'

/** Every minute: sessions that have expired are ended, so that sockets opened with them close too. Answers how to stop. */
export function startSessionSweep({
  sessions,
  log,
}: {
  readonly sessions: Sessions
  readonly log: Log
}): () => void {
  const sweep = () =>
    sessions.sweep().catch((error: unknown) => void log.fault('session sweep failed', error))
  const cron = new Cron('* * * * *', { unref: true }, sweep)
  return () => cron.stop()
}
