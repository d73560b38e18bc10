import { createUniqueId, onCleanup, onMount, type JSX } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { Icon } from './icons.tsx'
import { countOpen } from './open-dialogs.ts'

/** A modal native dialog: it exists only while open. Escape and the cross both close it; focus goes back where it was. */
export function Dialog(props: {
  readonly title: string
  readonly onClose: () => void
  readonly children: JSX.Element
}) {
  const heading = createUniqueId()
  let element: HTMLDialogElement | undefined
  onMount(() => {
    const before = document.activeElement
    const uncount = countOpen()
    element?.showModal()
    onCleanup(() => {
      uncount()
      element?.close()
      // The browser forgets where focus was when the element is taken away in the same breath.
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    })
  })
  return (
    <dialog
      ref={(dialog) => (element = dialog)}
      class="dialog"
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
      onClose={() => props.onClose()}
    >
      <div class="dialog-inner">
        <div class="dialog-head">
          <h2 id={heading}>{props.title}</h2>
          <button
            type="button"
            class="icon-button"
            aria-label={t('common.close')}
            onClick={() => props.onClose()}
          >
            <Icon name="X" />
          </button>
        </div>
        {props.children}
      </div>
    </dialog>
  )
}
