import type { Log } from '../log.ts'
import type { CurrentSession } from '../sessions/sessions.ts'

/** What middleware leaves for the handlers behind it. */
export interface ServerEnv {
  Variables: {
    requestId: string
    log: Log
    /** Absent = nobody is signed in. */
    session?: CurrentSession
  }
}
