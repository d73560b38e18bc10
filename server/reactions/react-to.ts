import type { Facts } from '#shared/kernel/facts.ts'
import type { OwnAddress } from '../http/own-address.ts'
import type { Log } from '../log.ts'
import type { Mail } from '../mail/mailer.ts'
import { bondMail, type Notice } from './bond-mail.ts'
import { newsOf, type Happened } from './bond-news.ts'
import { receiversFor } from './receivers.ts'

const digestMs = 60_000

export interface ReactionDeps {
  readonly facts: Facts
  readonly post: (mail: Mail) => void
  readonly address: () => OwnAddress
  readonly log: Log
}

export interface Reactions {
  /** Called after COMMIT. Never throws and never waits: what follows from a command must not undo it. */
  readonly reactTo: (happened: readonly Happened[]) => void
  /** Sends what waits for its minute; for stopping. */
  readonly flush: () => void
}

/** Mails to those whom a change concerns: the first at once, then at most one a minute per receiver, several in one. */
export function createReactions({ facts, post, address, log }: ReactionDeps): Reactions {
  const waiting = new Map<string, Notice[]>()
  const pauses = new Map<string, NodeJS.Timeout>()

  const send = (account: string): void => {
    const notices = waiting.get(account)
    waiting.delete(account)
    pauses.delete(account)
    if (notices === undefined) return
    // Read when it leaves: an account closed within the minute gets nothing.
    const receiver = facts.get('account', account)
    if (receiver?.state === 'active') post(bondMail(receiver.email, receiver.locale, notices))
    wait(account, digestMs)
  }

  const wait = (account: string, ms: number): void => {
    const pause = setTimeout(() => guarded(() => send(account)), ms)
    pause.unref()
    pauses.set(account, pause)
  }

  const guarded = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      log.fault('reaction failed', error)
    }
  }

  const noticesOf = (happened: Happened): void => {
    for (const news of newsOf(happened, facts)) {
      const page = `${address().url}${facts.get('person', news.party) === undefined ? '/oversikt' : '/mina-sidor'}`
      for (const account of receiversFor(news.party, facts)) {
        if (account.id === happened.actor.account) continue
        waiting.set(account.id, [...(waiting.get(account.id) ?? []), { news, page }])
        // The first wait is one turn of the loop, so that what was committed together is told together.
        if (!pauses.has(account.id)) wait(account.id, 0)
      }
    }
  }

  return {
    reactTo: (happened) => {
      for (const one of happened) guarded(() => noticesOf(one))
    },
    flush: () => {
      for (const pause of pauses.values()) clearTimeout(pause)
      for (const account of waiting.keys()) guarded(() => send(account))
      for (const pause of pauses.values()) clearTimeout(pause)
      pauses.clear()
    },
  }
}
