import { createSignal, Show, type Accessor } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { isSomethingOpen } from '#client/ui/open-dialogs.ts'

/** When a new version waits: how to take it into use. Null when there is none. */
export type UpdateReady = Accessor<(() => void) | null>

/** Tells of a new version and leaves the moment to the person; never while a dialog is open. */
export function UpdateBar(props: { readonly update: UpdateReady }) {
  const [later, setLater] = createSignal(false)
  const offer = () => (later() || isSomethingOpen() ? null : props.update())
  return (
    <Show when={offer()}>
      {(apply) => (
        <output class="bar calm">
          <span>{t('update.ready')}</span>
          <span class="bar-end buttons">
            <button type="button" class="button quiet" onClick={() => apply()()}>
              {t('update.now')}
            </button>
            <button type="button" class="button quiet" onClick={() => setLater(true)}>
              {t('update.later')}
            </button>
          </span>
        </output>
      )}
    </Show>
  )
}
