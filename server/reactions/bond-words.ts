import type { Day } from '#shared/kernel/time.ts'
import type { Locale } from '../mail/locale.ts'
import type { BondNews } from './bond-news.ts'

interface Words {
  readonly hello: string
  readonly answerHere: string
  readonly seeHere: string
  readonly several: (count: number) => string
  readonly subject: (news: BondNews) => string
  readonly sentence: (news: BondNews) => string
}

type Sentences = Readonly<Record<BondNews['what'], (other: string, about: string, on: string) => string>>

/** Builds the two functions from plain tables, so that each language is only its words. */
function words(
  locale: Locale,
  fixed: Omit<Words, 'subject' | 'sentence'>,
  unnamed: string,
  about: Readonly<Record<BondNews['about'], string>>,
  subjects: Readonly<Record<BondNews['what'], string>>,
  sentences: Sentences,
): Words {
  return {
    ...fixed,
    subject: (news) => subjects[news.what],
    sentence: (news) =>
      sentences[news.what](news.other ?? unnamed, about[news.about], dayIn(locale, news.on)),
  }
}

function dayIn(locale: Locale, day: Day | null): string {
  return day === null ? '' : Temporal.PlainDate.from(day).toLocaleString(locale, { dateStyle: 'long' })
}

/** All five languages, complete: a missing word does not compile. */
export const bondWords: Readonly<Record<Locale, Words>> = {
  sv: words(
    'sv',
    {
      hello: 'Hej!',
      answerHere: 'Logga in och svara här:',
      seeHere: 'Logga in och se mer här:',
      several: (count) => `${count} nyheter i Handslag`,
    },
    'En person',
    { relation: 'en relation', membership: 'anslutning', payment: 'att vara fakturamottagare' },
    {
      asked: 'En förfrågan väntar på ditt svar',
      confirmed: 'En förfrågan har bekräftats',
      declined: 'En förfrågan har avböjts',
      withdrawn: 'En förfrågan har tagits tillbaka',
      ended: 'En relation avslutas',
    },
    {
      asked: (other, about) => `${other} har skickat en förfrågan om ${about}.`,
      confirmed: (other, about) => `${other} har bekräftat förfrågan om ${about}.`,
      declined: (other, about) => `${other} har avböjt förfrågan om ${about}.`,
      withdrawn: (other, about) => `${other} har tagit tillbaka förfrågan om ${about}.`,
      ended: (other, about, on) => `${other}: ${about} avslutas ${on}.`,
    },
  ),
  nb: words(
    'nb',
    {
      hello: 'Hei!',
      answerHere: 'Logg inn og svar her:',
      seeHere: 'Logg inn og se mer her:',
      several: (count) => `${count} nyheter i Handslag`,
    },
    'En person',
    { relation: 'en relasjon', membership: 'tilslutning', payment: 'å være fakturamottaker' },
    {
      asked: 'En forespørsel venter på svar fra deg',
      confirmed: 'En forespørsel er bekreftet',
      declined: 'En forespørsel er avslått',
      withdrawn: 'En forespørsel er trukket tilbake',
      ended: 'En relasjon avsluttes',
    },
    {
      asked: (other, about) => `${other} har sendt en forespørsel om ${about}.`,
      confirmed: (other, about) => `${other} har bekreftet forespørselen om ${about}.`,
      declined: (other, about) => `${other} har avslått forespørselen om ${about}.`,
      withdrawn: (other, about) => `${other} har trukket tilbake forespørselen om ${about}.`,
      ended: (other, about, on) => `${other}: ${about} avsluttes ${on}.`,
    },
  ),
  fi: words(
    'fi',
    {
      hello: 'Hei!',
      answerHere: 'Kirjaudu sisään ja vastaa täällä:',
      seeHere: 'Kirjaudu sisään ja katso lisää täällä:',
      several: (count) => `${count} uutista Handslagissa`,
    },
    'Henkilö',
    { relation: 'suhde', membership: 'liittyminen', payment: 'laskun vastaanottaminen' },
    {
      asked: 'Pyyntö odottaa vastaustasi',
      confirmed: 'Pyyntö on vahvistettu',
      declined: 'Pyyntö on hylätty',
      withdrawn: 'Pyyntö on peruttu',
      ended: 'Suhde päättyy',
    },
    {
      asked: (other, about) => `Uusi pyyntö: ${about}. Lähettäjä: ${other}.`,
      confirmed: (other, about) => `Pyyntö vahvistettu: ${about}. Vastaaja: ${other}.`,
      declined: (other, about) => `Pyyntö hylätty: ${about}. Vastaaja: ${other}.`,
      withdrawn: (other, about) => `Pyyntö peruttu: ${about}. Lähettäjä: ${other}.`,
      ended: (other, about, on) => `${other}: ${about} päättyy ${on}.`,
    },
  ),
  de: words(
    'de',
    {
      hello: 'Guten Tag!',
      answerHere: 'Melden Sie sich an und antworten Sie hier:',
      seeHere: 'Melden Sie sich an und sehen Sie mehr hier:',
      several: (count) => `${count} Neuigkeiten in Handslag`,
    },
    'Eine Person',
    { relation: 'eine Beziehung', membership: 'einen Anschluss', payment: 'den Rechnungsempfang' },
    {
      asked: 'Eine Anfrage wartet auf Ihre Antwort',
      confirmed: 'Eine Anfrage wurde bestätigt',
      declined: 'Eine Anfrage wurde abgelehnt',
      withdrawn: 'Eine Anfrage wurde zurückgezogen',
      ended: 'Eine Beziehung endet',
    },
    {
      asked: (other, about) => `${other} hat eine Anfrage über ${about} gesendet.`,
      confirmed: (other, about) => `${other} hat die Anfrage über ${about} bestätigt.`,
      declined: (other, about) => `${other} hat die Anfrage über ${about} abgelehnt.`,
      withdrawn: (other, about) => `${other} hat die Anfrage über ${about} zurückgezogen.`,
      ended: (other, about, on) => `${other}: Ende am ${on} für ${about}.`,
    },
  ),
  en: words(
    'en',
    {
      hello: 'Hello!',
      answerHere: 'Sign in and answer here:',
      seeHere: 'Sign in and see more here:',
      several: (count) => `${count} news in Handslag`,
    },
    'A person',
    { relation: 'a relation', membership: 'an affiliation', payment: 'receiving the invoices' },
    {
      asked: 'A request waits for your answer',
      confirmed: 'A request has been confirmed',
      declined: 'A request has been declined',
      withdrawn: 'A request has been withdrawn',
      ended: 'A relation ends',
    },
    {
      asked: (other, about) => `${other} has sent a request about ${about}.`,
      confirmed: (other, about) => `${other} has confirmed the request about ${about}.`,
      declined: (other, about) => `${other} has declined the request about ${about}.`,
      withdrawn: (other, about) => `${other} has withdrawn the request about ${about}.`,
      ended: (other, about, on) => `${other}: ${about} ends on ${on}.`,
    },
  ),
}
