import { createMemo, createSignal, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { Facts } from '#client/ui/facts.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { lazyDialog } from '#client/ui/lazy-dialog.tsx'
import { ListState, StoredNote } from '#client/ui/list-state.tsx'
import { Page } from '#client/ui/page.tsx'
import type { MembershipEntry, OrganisationEntry } from '#shared/documents/entries.ts'
import { formatRegNo } from '#shared/identity/reg-no.ts'
import { MembersBlock } from './members-block.tsx'
import { OrganisationBlock } from './organisation-block.tsx'

const SubmittedDialog = lazyDialog(async () => (await import('./submitted-dialog.tsx')).SubmittedDialog)

/** Översikt: what the register knows of the organisation I act for, and where it belongs (IS-15…IS-36). */
export function OverviewPage() {
  const house = useHouse()
  const rows = house.rows('base')
  const own = createMemo(() =>
    rows().find(
      (row): row is OrganisationEntry => row.kind === 'organisation' && row.id === house.role().party,
    ),
  )
  const memberships = createMemo(() =>
    rows().filter((row): row is MembershipEntry => row.kind === 'membership'),
  )
  return (
    <Page title={t('overview.title')}>
      <StoredNote view="base" />
      <ListState view="base">
        <Show when={own()} fallback={<p class="soft">{t('common.loading')}</p>}>
          {(organisation) => (
            <div class="columns">
              <Show
                when={organisation().tier === 'BO'}
                fallback={<OrganisationBlock own={organisation()} memberships={memberships()} />}
              >
                <MembersBlock own={organisation()} memberships={memberships()} />
              </Show>
              <OwnFacts organisation={organisation()} />
            </div>
          )}
        </Show>
      </ListState>
    </Page>
  )
}

function OwnFacts(props: { readonly organisation: OrganisationEntry }) {
  const house = useHouse()
  const [open, setOpen] = createSignal(false)
  const address = () => {
    const { address } = props.organisation
    return address === null ? null : (
      <>
        {address.street}
        <br />
        {address.zip} {address.city}
      </>
    )
  }
  return (
    <section class="card" aria-labelledby="own-facts">
      <h2 id="own-facts">{props.organisation.name}</h2>
      <Facts
        facts={[
          [
            t('overview.regNo'),
            props.organisation.regNo === null ? null : formatRegNo(props.organisation.regNo),
          ],
          [t('overview.address'), address()],
          [t('overview.contact'), props.organisation.contact?.name],
          [t('overview.email'), props.organisation.contact?.email],
          [t('overview.phone'), props.organisation.contact?.phone],
        ]}
      />
      <p>
        {t('overview.profile')}: {t(`tier.${props.organisation.tier ?? 'none'}`)}
      </p>
      <p>
        <Show
          when={props.organisation.agreement}
          fallback={`${t('overview.agreement')} ${t('overview.agreementNone')}`}
        >
          {(agreement) => (
            <>
              {t('overview.agreement')} {t('overview.agreementAccepted', { date: agreement().acceptedOn })}
            </>
          )}
        </Show>
      </p>
      <p class="soft">{t('contact.kansli', { office: house.session().register.office })}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => setOpen(true)}>
          {t('overview.submitted')}
        </button>
      </div>
      <Show when={open()}>
        <SubmittedDialog organisation={props.organisation} onClose={() => setOpen(false)} />
      </Show>
    </section>
  )
}
