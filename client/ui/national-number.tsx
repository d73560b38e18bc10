import { createSignal, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { formatNationalId, maskNationalId, type NationalId } from '#shared/identity/national-id.ts'
import { Icon } from './icons.tsx'
import { isNarrow } from './narrow.ts'

/** A personal number: whole on a desk, masked in a hand until tapped (CC-8). */
export function NationalNumber(props: { readonly id: NationalId | null; readonly name: string }) {
  const [shown, setShown] = createSignal(false)
  return (
    <Show when={props.id}>
      {(id) => (
        <Show when={isNarrow() && !shown()} fallback={<span class="nowrap">{formatNationalId(id())}</span>}>
          <button
            type="button"
            class="reveal"
            aria-label={`${maskNationalId(id())} ${t('contacts.reveal', { name: props.name })}`}
            onClick={() => setShown(true)}
          >
            {maskNationalId(id())}
            <Icon name="Eye" />
          </button>
        </Show>
      )}
    </Show>
  )
}
