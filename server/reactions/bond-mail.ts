import { localeOf } from '../mail/locale.ts'
import type { Mail } from '../mail/mailer.ts'
import type { BondNews } from './bond-news.ts'
import { bondWords } from './bond-words.ts'

/** Of more than these a mail only says how many; the pages show them all. */
const maxLines = 20

/** News with the page where the receiver sees or answers it. */
export interface Notice {
  readonly news: BondNews
  readonly page: string
}

/** One mail for one or several notices. The links lead to pages, not to answers: an answer needs the person signed in. */
export function bondMail(to: string, locale: string, notices: readonly Notice[]): Mail {
  const words = bondWords[localeOf(locale)]
  const sentences = notices.slice(0, maxLines).map(({ news }) => oneLine(words.sentence(news)))
  const single = notices.length === 1 ? notices[0] : undefined
  const subject = single === undefined ? words.several(notices.length) : words.subject(single.news)
  const waits = notices.some(({ news }) => news.what === 'asked')
  const pages = [...new Set(notices.map(({ page }) => page))]
  const lines = [words.hello, '', ...sentences.map((text) => (single ? text : `• ${text}`)), '']
  return { to, subject, text: [...lines, waits ? words.answerHere : words.seeHere, ...pages, ''].join('\n') }
}

/** A name is what somebody wrote; it must not be able to fake lines of ours. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 400)
}
