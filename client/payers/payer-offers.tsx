import { createMemo, For, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { NationalNumber } from '#client/ui/national-number.tsx'
import { AlertNote } from '#client/ui/note.tsx'
import { createAct } from '#client/waiting/act.ts'
import { proposalOf } from '#client/waiting/command-text.ts'
import { RecordActions, WaitingHere } from '#client/waiting/record-actions.tsx'
import type { BillingEntry } from '#shared/documents/entries.ts'
import { payeeName, payeeNumber } from './payer-lists.ts'

/** Offers to pay that wait: for the person's answer, or still for the network. */
export function PayerOffers(props: { readonly offers: readonly BillingEntry[] }) {
  const house = useHouse()
  const underway = createMemo(() => {
    const known = new Set<string>()
    for (const row of house.rows('payers')()) if ('bond' in row) known.add(row.bond.id)
    return house.outbox().filter((item) => {
      const proposal = proposalOf(item)
      const open = item.state === 'queued' || item.state === 'sending' || item.state === 'accepted'
      return (
        open &&
        item.command.as === house.role().party &&
        proposal?.type === 'billing' &&
        !known.has(proposal.id)
      )
    })
  })
  return (
    <Show when={props.offers.length > 0 || underway().length > 0}>
      <section class="stack-tight" aria-labelledby="payer-offers">
        <h2 id="payer-offers">{t('payers.offers')}</h2>
        <For each={props.offers}>{(row) => <Offer row={row} />}</For>
        <For each={underway()}>
          {(item) => (
            <div class="note pending">
              <Icon name="Hourglass" />
              <div class="line-apart">
                <span>{t('rel.waiting', { relation: item.label })}</span>
                <WaitingHere item={item} />
              </div>
            </div>
          )}
        </For>
      </section>
    </Show>
  )
}

function Offer(props: { readonly row: BillingEntry }) {
  const { act, problem, busy } = createAct()
  const name = () => payeeName(props.row)
  const withdraw = () => {
    const { id } = props.row.bond
    void act({ type: 'bond.withdraw', input: { id }, about: [id], label: name() })
  }
  return (
    <div class="note pending">
      <Icon name="Hourglass" />
      <div class="line-apart">
        <span>
          <NationalNumber id={payeeNumber(props.row)} name={name()} />{' '}
          {t('rel.waiting', { relation: name() })}
        </span>
        <RecordActions record={props.row.bond.id}>
          <button type="button" class="button" disabled={busy()} onClick={withdraw}>
            {t('rel.stopWaiting')}
          </button>
        </RecordActions>
        <AlertNote text={problem()} />
      </div>
    </div>
  )
}
