import { createEffect, createRoot, ErrorBoundary, lazy, Match, Suspense, Switch } from 'solid-js'
import { render } from 'solid-js/web'
import type { Entry } from '#shared/documents/entries.ts'
import { must } from '#shared/kernel/must.ts'
import type { SessionBody } from '#shared/protocol/session-body.ts'
import { App } from './app.tsx'
import { prepareContacts } from './contacts/contact-row.ts'
import { firstContacts } from './contacts/first-contacts.ts'
import { afterFirstPaint } from './core/after-first-paint.ts'
import { reloadOnMissingPart, watchForUpdates } from './core/app-update.ts'
import { browserDeps, openHouse } from './core/open-house.ts'
import { askForCode } from './core/sign-in.ts'
import { startHere } from './core/start.ts'
import { allowOwnTemplates } from './core/trusted-types.ts'
import { applyLocale, preferredLocale } from './i18n/language.ts'
import { locale } from './i18n/t.ts'
import { Broken } from './shell/broken.tsx'
import { pages } from './shell/pages.ts'
import { headRows } from './store/document-store.ts'
import { makeServerCalls } from './sync/server-calls.ts'

const SignInPage = lazy(async () => ({ default: (await import('./sign-in/sign-in-page.tsx')).SignInPage }))

// Before anything is drawn: Solid's templates are made on first use.
allowOwnTemplates()
reloadOnMissingPart()

const deps = {
  ...browserDeps(reportError),
  firstRows: (view: string, rows: readonly Entry[]) =>
    view === 'contacts' ? firstContacts(rows, locale()) : rows.slice(0, headRows),
  prepareRows: (rows: readonly Entry[]) => prepareContacts(rows, locale()),
}
const start = startHere(deps, openHouse)
// The words and the first page are fetched beside the reading of the store, not after it.
void applyLocale(preferredLocale(deps.memory?.get('locale') ?? undefined)).catch(reportError)
const firstPage = pages.find(({ path }) => path === location.pathname)?.component as
  | { readonly preload?: () => Promise<unknown> }
  | undefined
void firstPage?.preload?.().catch(() => undefined)
const calls = makeServerCalls(deps, null)
const { updateReady, applyUpdate } = watchForUpdates(drawn(), reportError)

// Another tab signed in as somebody else: the cookie is theirs now, and this tab must ask anew who it is.
addEventListener('storage', ({ key, newValue }) => {
  const stage = start.stage()
  const here = stage.kind === 'house' ? stage.house.session().account : null
  if (key === 'handslag:account' && newValue !== null && newValue !== here) location.reload()
})

/** Whatever comes first stands on the screen. */
function drawn(): Promise<void> {
  return new Promise((resolve) => {
    createRoot((dispose) => {
      createEffect(() => {
        if (start.stage().kind === 'starting') return
        resolve(afterFirstPaint())
        queueMicrotask(dispose)
      })
    })
  })
}

function Root() {
  const isLapsed = () => {
    const stage = start.stage()
    return stage.kind === 'sign-in' && stage.lapsed
  }
  const house = () => {
    const stage = start.stage()
    return stage.kind === 'house' ? stage.house : null
  }
  return (
    <ErrorBoundary fallback={(fault: unknown) => <Broken fault={fault} />}>
      <Switch>
        <Match when={house()} keyed>
          {(open) => <App house={open} update={() => (updateReady() ? () => void applyUpdate() : null)} />}
        </Match>
        <Match when={start.stage().kind === 'sign-in'}>
          <Suspense>
            <SignInPage
              lapsed={isLapsed()}
              askForCode={(email: string) => askForCode(calls, email)}
              signIn={(email: string, code: string) => start.signIn(email, code)}
              onSignedIn={(session: SessionBody) => start.enter(session)}
            />
          </Suspense>
        </Match>
      </Switch>
    </ErrorBoundary>
  )
}

render(() => <Root />, must(document.getElementById('app'), 'the place of the app'))
