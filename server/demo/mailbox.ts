import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Instant } from '#shared/kernel/time.ts'
import type { Mail, Mailer } from '../mail/mailer.ts'

interface Received extends Mail {
  readonly at: Instant
}

/** Where the demo's mail ends: in memory, for everyone to read. Never made outside the demo. */
export interface Mailbox extends Mailer {
  readonly routes: Hono
}

/** Keeps the last `maxMails`. `now` is the house's clock. */
export function createMailbox({
  now,
  maxMails = 1000,
}: {
  readonly now: () => Instant
  readonly maxMails?: number
}): Mailbox {
  /** Newest first. */
  const mails: Received[] = []
  const to = (address: string | undefined): readonly Received[] => {
    const wanted = address?.trim().toLowerCase()
    return wanted === undefined || wanted === ''
      ? mails
      : mails.filter((mail) => mail.to.toLowerCase() === wanted)
  }

  const routes = new Hono()
  routes.get('/dev/mailbox.json', (c) =>
    c.json(to(c.req.query('to')).map(({ to, subject, text, at }) => ({ to, subject, text, at }))),
  )
  routes.get('/dev/mailbox', (c) => c.html(page(to(c.req.query('to')), c.req.query('to') ?? '')))

  return {
    routes,
    send: async (mail) => {
      mails.unshift({ ...mail, at: now() })
      mails.length = Math.min(mails.length, maxMails)
    },
  }
}

/** No style and no script: it stands under the same policy as everything else. `html` escapes what it is given. */
function page(mails: readonly Received[], to: string) {
  return html`<!doctype html>
    <html lang="sv">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Demobrevlåda – Handslag</title>
      </head>
      <body>
        <h1>Demobrevlåda</h1>
        <form method="get" action="/dev/mailbox">
          <label>Till <input type="search" name="to" value="${to}" /></label>
          <button>Visa</button>
        </form>
        ${mails.length === 0 ? html`<p>Inga brev.</p>` : mails.map(article)}
      </body>
    </html>`
}

function article({ to, subject, text, at }: Received) {
  return html`<article>
    <h2>${subject}</h2>
    <p>Till ${to} · <time datetime="${at}">${at}</time></p>
    <pre>${text}</pre>
  </article>`
}
