import { onMount } from 'solid-js'
import { currentLanguage } from '#client/i18n/language.ts'
import { t } from '#client/i18n/t.ts'
import { Note } from '#client/ui/note.tsx'

/** A fault in drawing: one sentence with a reference to tell the office, and a way on. */
export function Broken(props: { readonly fault: unknown }) {
  const reference = crypto.randomUUID().slice(0, 8)
  onMount(() => reportError(props.fault))
  // The dictionary itself may be what did not come.
  const spoken = () => currentLanguage() !== undefined
  return (
    <Note tone="bad" live="alert">
      <p>{spoken() ? t('app.broken', { reference }) : `Handslag ${reference}`}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => location.reload()}>
          {spoken() ? t('app.reload') : '↻'}
        </button>
      </div>
    </Note>
  )
}
