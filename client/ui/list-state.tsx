import { Match, Show, Switch, type JSX } from 'solid-js'
import type { ViewName } from '#client/core/house.ts'
import { formatInstant } from '#client/i18n/format.ts'
import { t } from '#client/i18n/t.ts'
import { useHouse } from './house-context.tsx'
import { Icon, type IconName } from './icons.tsx'
import { Note } from './note.tsx'
import { isPainted } from './painted.ts'

/**
 * What a view can be besides full: still loading, nothing on the device and no network, or only what the device remembers.
 * Empty is the page's own to say, for only it knows what to do about it.
 */
export function ListState(props: { readonly view: ViewName; readonly children: JSX.Element }) {
  const house = useHouse()
  const state = () => house.viewState(props.view)()
  const away = () => house.connection().state === 'offline' || house.connection().state === 'unreachable'
  return (
    <Switch fallback={props.children}>
      <Match when={state() === 'loading' && away()}>
        <Empty icon="CloudOff" title={t('list.offlineEmpty')} />
      </Match>
      <Match when={state() === 'loading'}>
        <div class="card" aria-busy="true">
          <p class="soft">{t('common.loading')}</p>
          <div class="skeleton" />
          <div class="skeleton" />
          <div class="skeleton" />
        </div>
      </Match>
    </Switch>
  )
}

/** Says that what is shown may be old. Silent while the server is being asked for the first time. */
export function StoredNote(props: { readonly view: ViewName }) {
  const house = useHouse()
  const old = () => {
    const { state } = house.connection()
    return house.viewState(props.view)() === 'stored' && (state === 'offline' || state === 'unreachable')
  }
  return (
    <Show when={old() && isPainted()}>
      <Note>
        <p class="small">
          <Show when={house.connection().lastContact} fallback={t('list.storedNever')}>
            {(at) => t('list.stored', { time: formatInstant(at()) })}
          </Show>
        </p>
      </Note>
    </Show>
  )
}

export function Empty(props: {
  readonly icon: IconName
  readonly title: string
  readonly text?: string
  readonly children?: JSX.Element
}) {
  return (
    <div class="card">
      <div class="empty">
        <Icon name={props.icon} />
        <p>
          <strong>{props.title}</strong>
        </p>
        <Show when={props.text}>{(text) => <p>{text()}</p>}</Show>
        {props.children}
      </div>
    </div>
  )
}
