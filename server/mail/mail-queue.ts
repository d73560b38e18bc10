import type { Log } from '../log.ts'
import type { Mail, Mailer } from './mailer.ts'

const maxWaiting = 1000
const maxAttempts = 6

/** Where everything that sends mail puts it. Nobody waits for a mail. */
export interface MailQueue {
  readonly post: (mail: Mail) => void
  /** Resolves when nothing is waiting; for stopping and for tests. */
  readonly idle: () => Promise<void>
  /** Sends no more. What waits is lost, as a reaction may be. */
  readonly stop: () => void
}

export interface MailQueueDeps {
  readonly mailer: Mailer
  readonly log: Log
  readonly firstPauseMs?: number
}

/**
 * A mail is a reaction: it may fail and may repeat, and never holds up a command. One at a time, each tried again with
 * growing pauses while the others go on; bounded, so that a dead mail server costs no memory.
 */
export function createMailQueue({ mailer, log, firstPauseMs = 2000 }: MailQueueDeps): MailQueue {
  const ready: { mail: Mail; attempt: number }[] = []
  const pauses = new Set<NodeJS.Timeout>()
  let running = false
  let stopped = false
  let onIdle: (() => void)[] = []

  const settle = (): void => {
    if (running || ready.length > 0 || pauses.size > 0) return
    for (const done of onIdle) done()
    onIdle = []
  }

  const enqueue = (mail: Mail, attempt: number): void => {
    ready.push({ mail, attempt })
    if (running) return
    running = true
    // Not in the caller's turn: how long a mail takes must not show in the answer to whoever caused it.
    setImmediate(() => void drain())
  }

  const drain = async (): Promise<void> => {
    for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
      if (!stopped) await attemptOne(next.mail, next.attempt)
    }
    running = false
    settle()
  }

  const attemptOne = async (mail: Mail, attempt: number): Promise<void> => {
    try {
      await mailer.send(mail)
    } catch (error) {
      // Never the address nor the server's answer, which quotes it.
      if (attempt >= maxAttempts || isFinal(error)) log.fault('mail given up', error, { attempt })
      else if (!stopped) later(mail, attempt)
    }
  }

  const later = (mail: Mail, attempt: number): void => {
    log.warn('mail waits for another try', { attempt })
    const pause = setTimeout(
      () => {
        pauses.delete(pause)
        enqueue(mail, attempt + 1)
      },
      firstPauseMs * 4 ** (attempt - 1),
    )
    pause.unref()
    pauses.add(pause)
  }

  return {
    post: (mail) => {
      if (stopped) return
      if (ready.length + pauses.size >= maxWaiting)
        log.warn('mail dropped: too many waiting', { count: maxWaiting })
      else enqueue(mail, 1)
    },
    idle: () =>
      new Promise((resolve) => {
        onIdle.push(resolve)
        settle()
      }),
    stop: () => {
      stopped = true
      for (const pause of pauses) clearTimeout(pause)
      pauses.clear()
      ready.length = 0
      settle()
    },
  }
}

/** An SMTP server's 5xx is its last word; trying again would only annoy it. */
function isFinal(error: unknown): boolean {
  const code = error instanceof Error && 'responseCode' in error ? error.responseCode : undefined
  return typeof code === 'number' && code >= 500 && code < 600
}
