import { Show, type JSX } from 'solid-js'
import { Icon, type IconName } from './icons.tsx'

type Tone = 'info' | 'good' | 'warn' | 'bad' | 'pending'
const icons: Readonly<Record<Tone, IconName>> = {
  info: 'Info',
  good: 'Check',
  warn: 'CircleAlert',
  bad: 'CircleAlert',
  pending: 'Hourglass',
}

/** A framed message. `live` decides whether it is also said aloud when it appears: alert for a no, status for news. */
export function Note(props: {
  readonly tone?: Tone
  readonly live?: 'alert' | 'status'
  readonly children: JSX.Element
}) {
  return (
    <div class={`note ${props.tone ?? 'info'}`} role={props.live}>
      <Icon name={icons[props.tone ?? 'info']} />
      <div class="note-body">{props.children}</div>
    </div>
  )
}

/** A no, where the person acted. */
export function AlertNote(props: { readonly text: string | null; readonly children?: JSX.Element }) {
  return (
    <Show when={props.text}>
      {(text) => (
        <Note tone="bad" live="alert">
          <p>{text()}</p>
          {props.children}
        </Note>
      )}
    </Show>
  )
}
