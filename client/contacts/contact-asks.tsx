import { For, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { Effects } from '#client/ui/effects.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { AlertNote } from '#client/ui/note.tsx'
import { createAct } from '#client/waiting/act.ts'
import { RecordActions } from '#client/waiting/record-actions.tsx'
import { asksOf } from '#shared/bonds/asked.ts'
import type { ContactEntry } from '#shared/documents/entries.ts'
import { formatNationalId } from '#shared/identity/national-id.ts'
import { effectsOfConfirmingContact } from './contact-effects.ts'
import { nameOf, numberOf } from './contact-row.ts'

/** People who say that they belong here: what a yes means, and the two answers. */
export function ContactAsks(props: { readonly asks: readonly ContactEntry[] }) {
  return (
    <Show when={props.asks.length > 0}>
      <section class="stack" aria-labelledby="contact-asks">
        <h2 id="contact-asks">{t('contacts.asks')}</h2>
        <div class="columns">
          <For each={props.asks}>{(entry) => <ContactAsk entry={entry} />}</For>
        </div>
      </section>
    </Show>
  )
}

function ContactAsk(props: { readonly entry: ContactEntry }) {
  const house = useHouse()
  const { act, problem, busy } = createAct()
  const name = () => nameOf(props.entry)
  const number = () => {
    const id = numberOf(props.entry)
    return id === null ? '' : formatNationalId(id)
  }
  /** The same person's question to be paid for, which a yes to the employment answers too. */
  const paymentAsked = () => {
    const { bond } = props.entry
    if (bond.type !== 'employed') return undefined
    return house
      .rows('payers')()
      .find((row) => row.kind === 'billing' && row.bond.a === bond.a && asksOf(row.bond, house.role().party))
  }
  const answer = (type: 'bond.confirm' | 'bond.decline') => {
    const { bond } = props.entry
    const too = type === 'bond.confirm' ? paymentAsked() : undefined
    const about = too === undefined || !('bond' in too) ? [bond.id] : [bond.id, too.bond.id]
    void act({ type, input: { id: bond.id }, about, label: name(), basis: { [bond.id]: bond.rev } })
  }
  return (
    <article class="card asks">
      <p>
        <strong>
          {t('contacts.ask', {
            name: name(),
            number: number(),
            relation: t(`bond.${props.entry.bond.type}`),
            company: house.role().name,
          })}
        </strong>
      </p>
      <Show when={props.entry.bond.note}>{(note) => <p class="soft">“{note()}”</p>}</Show>
      <Effects
        heading={t('effects.ifYes')}
        lines={effectsOfConfirmingContact(
          props.entry.bond,
          name(),
          house.role(),
          paymentAsked() !== undefined,
          house.session().today,
        )}
      />
      <AlertNote text={problem()} />
      <RecordActions record={props.entry.bond.id}>
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
