import { createTransport } from 'nodemailer'

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Gets one mail out of the house, or rejects. */
export interface Mailer {
  readonly send: (mail: Mail) => Promise<void>
}

/** Over SMTP. TLS certificates are checked; plain `smtp://` upgrades when the server offers it. */
export function createSmtpMailer({
  smtpUrl,
  from,
}: {
  readonly smtpUrl: string
  readonly from: string
}): Mailer {
  // Mails leave one at a time; a server that accepts and then says nothing must not hold the next for ten minutes (the default).
  const transport = createTransport(
    { url: smtpUrl, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 },
    { from },
  )
  return {
    send: async ({ to, subject, text }) => {
      // Only plain text, and neither files nor URLs may be pulled in by what somebody is called.
      await transport.sendMail({ to, subject, text, disableFileAccess: true, disableUrlAccess: true })
    },
  }
}
