import { t } from '#client/i18n/t.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import type { ViaEntry } from '#shared/documents/entries.ts'

/** Whose employment it is, and so who ends it (IS-78). */
export function NotYoursDialog(props: { readonly entry: ViaEntry; readonly onClose: () => void }) {
  return (
    <Dialog title={t('contacts.why')} onClose={props.onClose}>
      <p>{t('bo.notyours', { name: props.entry.person.name, company: props.entry.company.name })}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => props.onClose()}>
          {t('common.done')}
        </button>
      </div>
    </Dialog>
  )
}
