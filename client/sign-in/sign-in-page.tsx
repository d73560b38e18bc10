import { createSignal, onMount, Show } from 'solid-js'
import type { SignInAnswer } from '#client/core/sign-in.ts'
import { applyLocale, currentLanguage, preferredLocale } from '#client/i18n/language.ts'
import { t } from '#client/i18n/t.ts'
import { LanguageField } from '#client/shell/language-field.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { AlertNote, Note } from '#client/ui/note.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { leaseDays } from '#shared/access/lease.ts'
import type { SessionBody } from '#shared/protocol/session-body.ts'
import '../styles/all.css'

export interface SignInPageProps {
  /** What was here has been erased, because the server had not been heard for too long. */
  readonly lapsed?: boolean
  readonly askForCode: (email: string) => Promise<SignInAnswer<undefined>>
  readonly signIn: (email: string, code: string) => Promise<SignInAnswer<SessionBody>>
  readonly onSignedIn: (session: SessionBody) => void | Promise<void>
}

/** E-mail, then the code that was sent there. The answer is the same whether anybody has that address or not. */
export function SignInPage(props: SignInPageProps) {
  onMount(() => void applyLocale(preferredLocale()))
  return (
    <Show when={currentLanguage()}>
      <SignIn {...props} />
    </Show>
  )
}

function SignIn(props: SignInPageProps) {
  const [email, setEmail] = createSignal('')
  const [code, setCode] = createSignal('')
  const [asked, setAsked] = createSignal(false)
  const [error, setError] = createSignal<string>()
  const [problem, setProblem] = createSignal<string | null>(null)
  const [news, setNews] = createSignal<string | null>(null)
  const [busy, setBusy] = createSignal(false)
  let codeField: HTMLElement | undefined

  async function attempt<T>(ask: () => Promise<SignInAnswer<T>>): Promise<T | null> {
    if (busy()) return null
    setBusy(true)
    setProblem(null)
    setNews(null)
    setError(undefined)
    try {
      const answer = await ask()
      if (answer.ok) return answer.value ?? (true as T)
      if (answer.why === 'wrong') setError(asked() ? t('signin.codeWrong') : t('signin.emailInvalid'))
      else setProblem(answer.why === 'too-fast' ? t('signin.tooMany') : noContact())
      return null
    } finally {
      setBusy(false)
    }
  }

  const sendCode = async (again: boolean) => {
    const address = email().trim()
    if (!/^[^\s@]+@[^\s@]+$/.test(address)) {
      setError(t('signin.emailInvalid'))
      return
    }
    if ((await attempt(() => props.askForCode(address))) === null) return
    setAsked(true)
    if (again) setNews(t('signin.resent'))
    queueMicrotask(() => codeField?.focus())
  }
  const enter = async () => {
    const session = await attempt(() => props.signIn(email().trim(), code().replaceAll(/\s/g, '')))
    if (session !== null) await props.onSignedIn(session)
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void (asked() ? enter() : sendCode(false))
  }
  document.title = `${t('signin.title')} · Handslag`

  return (
    <main class="gate">
      <div class="brand">
        <Icon name="Handshake" />
        Handslag
      </div>
      <div class="card">
        <h1>{asked() ? t('signin.codeTitle') : t('signin.title')}</h1>
        <p class="soft">{asked() ? t('signin.codeLead', { email: email().trim() }) : t('signin.lead')}</p>
        <form novalidate onSubmit={submit}>
          <Show
            when={asked()}
            fallback={
              <TextField
                label={t('signin.email')}
                type="email"
                inputMode="email"
                autocomplete="email"
                maxLength={254}
                value={email()}
                error={error()}
                onInput={setEmail}
              />
            }
          >
            <TextField
              label={t('signin.code')}
              autocomplete="one-time-code"
              maxLength={12}
              class="code"
              value={code()}
              error={error()}
              onInput={setCode}
              ref={(element) => (codeField = element)}
            />
          </Show>
          <Show when={props.lapsed === true && news() === null}>
            <Note>{t('signin.lapsed', { n: leaseDays })}</Note>
          </Show>
          <AlertNote text={problem()} />
          <Show when={news()}>
            {(text) => (
              <Note tone="good" live="status">
                <p>{text()}</p>
              </Note>
            )}
          </Show>
          <div class="buttons">
            <button type="submit" class="button primary" disabled={busy()}>
              {asked() ? t('signin.enter') : t('signin.sendCode')}
            </button>
            <Show when={asked()}>
              <button type="button" class="button" disabled={busy()} onClick={() => void sendCode(true)}>
                {t('signin.resend')}
              </button>
              <button
                type="button"
                class="button quiet"
                onClick={() => {
                  setAsked(false)
                  setCode('')
                  setError(undefined)
                }}
              >
                {t('signin.otherEmail')}
              </button>
            </Show>
          </div>
        </form>
      </div>
      <p class="soft small">{t('signin.about')}</p>
      <LanguageField />
    </main>
  )
}

function noContact(): string {
  return navigator.onLine ? t('signin.unreachable') : t('signin.offline')
}
