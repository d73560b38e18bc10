import { For, Show } from 'solid-js'
import { formatDay } from '#client/i18n/format.ts'
import { t } from '#client/i18n/t.ts'
import { Effects } from '#client/ui/effects.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { AlertNote } from '#client/ui/note.tsx'
import { createAct } from '#client/waiting/act.ts'
import { RecordActions } from '#client/waiting/record-actions.tsx'
import type { BillingEntry } from '#shared/documents/entries.ts'
import { formatNationalId } from '#shared/identity/national-id.ts'
import { payeeName, payeeNumber } from './payer-lists.ts'

/** "Bli fakturamottagare för {name} ({personnummer})", above all else (IS-96, IS-98). */
export function PayerRequests(props: { readonly requests: readonly BillingEntry[] }) {
  return (
    <Show when={props.requests.length > 0}>
      <section class="stack" aria-labelledby="payer-requests">
        <h2 id="payer-requests">{t('payers.requests')}</h2>
        <For each={props.requests}>{(row) => <PayerRequest row={row} />}</For>
      </section>
    </Show>
  )
}

function PayerRequest(props: { readonly row: BillingEntry }) {
  const house = useHouse()
  const { act, problem, busy } = createAct()
  const name = () => payeeName(props.row)
  const number = () => {
    const id = payeeNumber(props.row)
    return id === null ? '' : formatNationalId(id)
  }
  const answer = (type: 'bond.confirm' | 'bond.decline') => {
    const { bond } = props.row
    void act({
      type,
      input: { id: bond.id },
      about: [bond.id],
      label: name(),
      basis: { [bond.id]: bond.rev },
    })
  }
  return (
    <article class="card asks">
      <p>
        <strong>{t('bill.request', { name: name(), number: number() })}</strong>
      </p>
      <Effects
        heading={t('my.ifYes')}
        lines={[
          t('bill.ifYes', { company: house.role().name, name: name() }),
          t('effects.from', { date: formatDay(house.session().today) }),
        ]}
      />
      <AlertNote text={problem()} />
      <RecordActions record={props.row.bond.id}>
        <button type="button" class="button primary" disabled={busy()} onClick={() => answer('bond.confirm')}>
          {t('common.confirm')}
        </button>
        <button type="button" class="button" disabled={busy()} onClick={() => answer('bond.decline')}>
          {t('common.decline')}
        </button>
      </RecordActions>
    </article>
  )
}
