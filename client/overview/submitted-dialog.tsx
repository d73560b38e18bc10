import { Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { Facts } from '#client/ui/facts.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import type { OrganisationEntry } from '#shared/documents/entries.ts'

/** What the company itself wrote when it applied, read-only (IS-19), and the version of the agreement it accepted (IS-18). */
export function SubmittedDialog(props: {
  readonly organisation: OrganisationEntry
  readonly onClose: () => void
}) {
  const house = useHouse()
  return (
    <Dialog title={t('overview.submittedTitle')} onClose={props.onClose}>
      <p class="soft">{t('overview.submittedText')}</p>
      <Show when={props.organisation.submitted.length > 0} fallback={<p>{t('overview.submittedNone')}</p>}>
        <Facts
          facts={props.organisation.submitted.map((each) => [t(`submitted.${each.field}`), each.value])}
        />
      </Show>
      <Show when={props.organisation.agreement}>
        {(agreement) => (
          <p>
            {t('overview.agreementVersion', { version: agreement().version })},{' '}
            {t('overview.agreementAccepted', { date: agreement().acceptedOn })}
          </p>
        )}
      </Show>
      <p class="soft">{t('contact.kansli', { office: house.session().register.office })}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => props.onClose()}>
          {t('common.done')}
        </button>
      </div>
    </Dialog>
  )
}
