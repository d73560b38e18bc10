import { Navigate, Router, type RouteDefinition, type RouteSectionProps } from '@solidjs/router'
import { lazy, onMount, Show, untrack, type Component } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { House } from '#client/core/house.ts'
import './styles/all.css'
import { applyLocale, currentLanguage, preferredLocale } from './i18n/language.ts'
import { OtherRolePage } from './shell/other-role-page.tsx'
import { firstPathOf, pages } from './shell/pages.ts'
import { Shell } from './shell/shell.tsx'
import type { UpdateReady } from './shell/update-bar.tsx'
import { HouseProvider, useHouse } from './ui/house-context.tsx'
import { WaitingProvider } from './waiting/waiting.tsx'

const OutboxPage = lazy(async () => ({ default: (await import('./waiting/outbox-page.tsx')).OutboxPage }))
const NotFoundPage = lazy(async () => ({
  default: (await import('./shell/not-found-page.tsx')).NotFoundPage,
}))

/** The app for a signed-in account; made anew for another. `update` tells of a new version of it that waits. */
export function App(props: { readonly house: House; readonly update?: UpdateReady }) {
  const house = untrack(() => props.house)
  const update: UpdateReady = () => props.update?.() ?? null
  const Frame = (section: RouteSectionProps) => <Shell {...section} update={update} />
  onMount(() => void applyLocale(preferredLocale(house.session().person.locale)))
  return (
    <Show when={currentLanguage()}>
      <HouseProvider value={house}>
        <WaitingProvider>
          <Router root={Frame} scrollRestoration>
            {routes}
          </Router>
        </WaitingProvider>
      </HouseProvider>
    </Show>
  )
}

const routes: RouteDefinition[] = [
  { path: '/', component: StartPage },
  { path: '/logga-in', component: StartPage },
  ...pages.map((page) => ({ path: page.path, component: guarded(page) })),
  { path: '/att-skicka', component: OutboxPage },
  { path: '*', component: NotFoundPage },
]

function StartPage() {
  const house = useHouse()
  return <Navigate href={firstPathOf(house.role())} />
}

/** A page of a role one does not act in says so, and offers the role that has it; it is remade when the role changes. */
function guarded(page: (typeof pages)[number]): Component {
  return () => {
    const house = useHouse()
    const key = () => (house.role().rights.includes(page.right) ? house.role().party : null)
    return (
      <Show when={key()} keyed fallback={<OtherRolePage right={page.right} />}>
        {(_party) => <Dynamic component={page.component} />}
      </Show>
    )
  }
}
