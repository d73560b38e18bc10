import { For, Show } from 'solid-js'
import { Icon } from './icons.tsx'

/** What an act will lead to, one sentence each, before it is done. */
export function Effects(props: { readonly heading: string; readonly lines: readonly string[] }) {
  return (
    <Show when={props.lines.length > 0}>
      <div class="stack-tight small">
        <strong>{props.heading}</strong>
        <div class="effects">
          <For each={props.lines}>
            {(line) => (
              <p>
                <Icon name="Info" />
                <span>{line}</span>
              </p>
            )}
          </For>
        </div>
      </div>
    </Show>
  )
}
