import { For, type JSX } from 'solid-js'
import { t } from '#client/i18n/t.ts'

/** Names and values. A missing value says so instead of leaving a hole. */
export function Facts(props: { readonly facts: readonly (readonly [name: string, value: JSX.Element])[] }) {
  return (
    <dl class="facts">
      <For each={props.facts}>
        {(fact) => (
          <>
            <dt>{fact[0]}</dt>
            <dd>{fact[1] ?? <span class="soft">{t('common.none')}</span>}</dd>
          </>
        )}
      </For>
    </dl>
  )
}
