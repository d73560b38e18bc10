import { Show } from 'solid-js'
import { formatDay } from '#client/i18n/format.ts'
import { t } from '#client/i18n/t.ts'
import { seenWords } from '#client/shell/seen-words.ts'
import { Effects } from '#client/ui/effects.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { AlertNote } from '#client/ui/note.tsx'
import { createAct } from '#client/waiting/act.ts'
import { RecordActions } from '#client/waiting/record-actions.tsx'
import type { BondPreview, OwnBondEntry } from '#shared/documents/entries.ts'
import type { Day } from '#shared/kernel/time.ts'

/** Somebody says something about me: who would see what, who would pay, from when; and my two answers (IS-60, IS-114). */
export function MyAsk(props: { readonly entry: OwnBondEntry }) {
  const house = useHouse()
  const { act, problem, busy } = createAct()
  const answer = (type: 'bond.confirm' | 'bond.decline') => {
    const { bond, other } = props.entry
    void act({
      type,
      input: { id: bond.id },
      about: [bond.id],
      label: other.name,
      basis: { [bond.id]: bond.rev },
    })
  }
  return (
    <article class="card asks">
      <p>
        <strong>{question(props.entry)}</strong>
      </p>
      <Show when={props.entry.bond.note}>{(note) => <p class="soft">“{note()}”</p>}</Show>
      <Effects heading={t('my.ifYes')} lines={effectsOfYes(props.entry, house.session().today)} />
      <p class="soft small">{t('my.ifNo')}</p>
      <AlertNote text={problem()} />
      <RecordActions record={props.entry.bond.id}>
        <button type="button" class="button primary" disabled={busy()} onClick={() => answer('bond.confirm')}>
          {t('common.confirm')}
        </button>
        <button type="button" class="button" disabled={busy()} onClick={() => answer('bond.decline')}>
          {t('common.decline')}
        </button>
      </RecordActions>
      <Show when={props.entry.bond.state === 'proposed' && props.entry.bond}>
        {(bond) => <p class="soft small">{t('rel.expires', { date: formatDay(bond().expiresOn) })}</p>}
      </Show>
    </article>
  )
}

function question(entry: OwnBondEntry): string {
  const org = entry.other.name
  if (entry.bond.type === 'billing') return t('my.askBilling', { org })
  if (entry.bond.type === 'member') return t('my.askMember', { org })
  return t('my.ask', { org, relation: t(`bond.${entry.bond.type}`) })
}

function effectsOfYes(entry: OwnBondEntry, today: Day): readonly string[] {
  const { preview, other } = entry
  if (preview === null) return [t('effects.from', { date: formatDay(today) })]
  return [
    ...preview.seers.map((seer) => {
      const categories = seenWords(seer.sees)
      return seer.organisation === other.id
        ? t('effects.sees', { org: seer.name, categories })
        : t('effects.alsoOrg', { company: other.name, org: seer.name, categories })
    }),
    ...payerLines(preview),
    t('effects.from', { date: formatDay(today) }),
  ]
}

function payerLines({ payerNow, payerThen }: BondPreview): readonly string[] {
  const nameOf = (payer: BondPreview['payerNow']) => (payer.payer === 'self' ? t('payer.self') : payer.name)
  const now = nameOf(payerNow)
  const then = nameOf(payerThen)
  if (payerNow.payer === payerThen.payer) return [t('effects.paysSame', { payer: now })]
  return [
    t('effects.paysNow', { payer: now }),
    payerThen.via === null
      ? t('effects.paysThen', { payer: then })
      : t('effects.paysThenVia', { payer: then, company: payerThen.via }),
  ]
}
