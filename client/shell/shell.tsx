import { useLocation, type RouteSectionProps } from '@solidjs/router'
import { createEffect, createMemo, ErrorBoundary, For, on, Show, Suspense } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { announce, LiveRegion } from '#client/ui/announce.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { WaitingBar } from '#client/waiting/waiting-bar.tsx'
import { useWaiting } from '#client/waiting/waiting.tsx'
import { AccountMenu } from './account-menu.tsx'
import { countAsks } from './asks.ts'
import { Broken } from './broken.tsx'
import { ConnectionState } from './connection-state.tsx'
import { MyAsksBar } from './my-asks-bar.tsx'
import { pagesOf } from './pages.ts'
import { RoleSwitcher } from './role-switcher.tsx'
import { UpdateBar, type UpdateReady } from './update-bar.tsx'

/** What stands around every page: whom I act for, whether the house is in touch, what waits, and where to go. */
export function Shell(props: RouteSectionProps & { readonly update: UpdateReady }) {
  return (
    <div class="frame">
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        {t('app.skip')}
      </a>
      <header class="head">
        <a class="brand" href="/">
          <Icon name="Handshake" />
          <span>Handslag</span>
        </a>
        <RoleSwitcher />
        <ConnectionState />
        <AccountMenu />
      </header>
      <div class="bars">
        <UpdateBar update={props.update} />
        <WaitingBar />
        <MyAsksBar />
      </div>
      <Navigation />
      <main class="main" id="main" tabIndex={-1}>
        <ErrorBoundary fallback={(fault: unknown) => <Broken fault={fault} />}>
          <Suspense fallback={<p class="soft">{t('common.loading')}</p>}>{props.children}</Suspense>
        </ErrorBoundary>
      </main>
      <LiveRegion />
    </div>
  )
}

function Navigation() {
  const house = useHouse()
  const waiting = useWaiting()
  const location = useLocation()
  const base = createMemo(() => countAsks(house.rows('base')(), house.role().party))
  const contacts = createMemo(() => countAsks(house.rows('contacts')(), house.role().party))
  const payers = createMemo(() => countAsks(house.rows('payers')(), house.role().party))
  const mine = createMemo(() => countAsks(house.rows('me')(), house.session().person.id))
  const asks = (path: string) => {
    if (path === '/oversikt') return base()
    if (path === '/mina-kontakter') return contacts()
    return path === '/fakturamottagare' ? payers() : mine()
  }
  const all = () => base() + contacts() + payers() + mine()
  createEffect(
    on(all, (now, before) => {
      if (before !== undefined && now > before) announce(t('arrived.ask'))
    }),
  )
  createEffect(
    on(
      () => waiting.refused().length,
      (now, before) => {
        if (before !== undefined && now > before) announce(t('arrived.refused'))
      },
    ),
  )
  const here = (path: string) => (location.pathname === path ? 'page' : undefined)
  const left = () => waiting.unsent().length + waiting.refused().length
  return (
    <nav class="rail" aria-label={t('app.nav')}>
      <ul>
        <For each={pagesOf(house.role())}>
          {(page) => (
            <li>
              <a href={page.path} aria-current={here(page.path)}>
                <Icon name={page.icon} />
                <span>{t(page.title)}</span>
                <Show when={asks(page.path)}>{(count) => <Count n={count()} />}</Show>
              </a>
            </li>
          )}
        </For>
        <li>
          <a href="/att-skicka" aria-current={here('/att-skicka')}>
            <Icon name="Send" />
            <span>{t('nav.outbox')}</span>
            <Show when={left()}>
              {(count) => (
                <span class="count" aria-hidden="true">
                  {count()}
                </span>
              )}
            </Show>
          </a>
        </li>
      </ul>
    </nav>
  )
}

/** The number is not part of the link's name: links are found by the words on them. */
function Count(props: { readonly n: number }) {
  return (
    <span class="count" title={t('nav.waiting', { n: props.n })} aria-hidden="true">
      {props.n}
    </span>
  )
}
