import { localeOf, type Locale } from '../mail/locale.ts'
import type { Mail } from '../mail/mailer.ts'

interface Words {
  readonly subject: string
  readonly lines: (code: string) => readonly string[]
}

/** The code and nothing else: no link, so that a mail scanner cannot use it up and nobody learns to click in mails. */
export function signInMail(to: string, locale: string, code: string): Mail {
  const words = texts[localeOf(locale)]
  return { to, subject: words.subject, text: `${words.lines(code).join('\n')}\n` }
}

const texts: Readonly<Record<Locale, Words>> = {
  sv: {
    subject: 'Din kod till Handslag',
    lines: (code) => [
      'Hej!',
      '',
      'Din kod för att logga in:',
      '',
      code,
      '',
      'Den gäller i tio minuter och en gång.',
      'Har du inte bett om den kan du bortse från det här brevet. Ge aldrig koden till någon annan.',
    ],
  },
  nb: {
    subject: 'Koden din til Handslag',
    lines: (code) => [
      'Hei!',
      '',
      'Koden din for å logge inn:',
      '',
      code,
      '',
      'Den gjelder i ti minutter og én gang.',
      'Har du ikke bedt om den, kan du se bort fra denne e-posten. Gi aldri koden til noen andre.',
    ],
  },
  fi: {
    subject: 'Koodisi Handslagiin',
    lines: (code) => [
      'Hei!',
      '',
      'Kirjautumiskoodisi:',
      '',
      code,
      '',
      'Se on voimassa kymmenen minuuttia ja vain kerran.',
      'Jos et ole pyytänyt koodia, voit jättää tämän viestin huomiotta. Älä anna koodia kenellekään toiselle.',
    ],
  },
  de: {
    subject: 'Ihr Code für Handslag',
    lines: (code) => [
      'Guten Tag!',
      '',
      'Ihr Code für die Anmeldung:',
      '',
      code,
      '',
      'Er gilt zehn Minuten und nur einmal.',
      'Wenn Sie ihn nicht angefordert haben, können Sie diese Nachricht ignorieren. Geben Sie den Code niemals weiter.',
    ],
  },
  en: {
    subject: 'Your code for Handslag',
    lines: (code) => [
      'Hello!',
      '',
      'Your code to sign in:',
      '',
      code,
      '',
      'It is valid for ten minutes, and once.',
      'If you did not ask for it, you can ignore this message. Never give the code to anyone else.',
    ],
  },
}
