import { createSignal, For, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { lazyDialog } from '#client/ui/lazy-dialog.tsx'
import { WaitingHere } from '#client/waiting/record-actions.tsx'
import { useWaiting } from '#client/waiting/waiting.tsx'
import type { OwnPayerEntry } from '#shared/documents/entries.ts'
import type { Resolution } from '#shared/payers/resolve-payer.ts'
import { payerRecord, payerSentence, whyLines } from './payer-words.ts'

const ChoosePayerDialog = lazyDialog(
  async () => (await import('./choose-payer-dialog.tsx')).ChoosePayerDialog,
)

/** Who pays my fees, why, and what else I could choose (IS-91, model §2.4). */
export function MyPayer(props: { readonly entry: OwnPayerEntry }) {
  const house = useHouse()
  const waiting = useWaiting()
  const [choosing, setChoosing] = createSignal(false)
  const differing = () => props.entry.byFee.filter((each) => differs(each.resolution, props.entry.all))
  const item = () => {
    const found = waiting.about(payerRecord(house.session().person.id))
    return found === undefined || found.state === 'refused' || found.state === 'failed' ? undefined : found
  }
  return (
    <section class="card" aria-labelledby="my-payer">
      <h2 id="my-payer">{t('my.payer')}</h2>
      <div class="stack-tight">
        <p>
          <strong>{payerSentence(props.entry.all, props.entry)}</strong>
        </p>
        <Why entry={props.entry} resolution={props.entry.all} />
      </div>
      <For each={differing()}>
        {(each) => (
          <div class="stack-tight">
            <p>
              {t('my.payerByFee', {
                fee: t(`fee.${each.feeKind}`),
                payer: payerSentence(each.resolution, props.entry),
              })}
            </p>
            <Why entry={props.entry} resolution={each.resolution} />
          </div>
        )}
      </For>
      <p class="soft small">{t('my.payerMark')}</p>
      <Show
        when={item()}
        fallback={
          <div class="buttons">
            <button type="button" class="button" onClick={() => setChoosing(true)}>
              {t('my.payerChoose')}
            </button>
          </div>
        }
      >
        {(now) => <WaitingHere item={now()} />}
      </Show>
      <Show when={choosing()}>
        <ChoosePayerDialog entry={props.entry} onClose={() => setChoosing(false)} />
      </Show>
    </section>
  )
}

function differs(one: Resolution, other: Resolution): boolean {
  return one.payer !== other.payer || one.via !== other.via || one.rule !== other.rule
}

/** "Varför?": the rule that settled it, in a sentence, and who else has said yes. */
function Why(props: { readonly entry: OwnPayerEntry; readonly resolution: Resolution }) {
  return (
    <details class="why">
      <summary>{t('common.why')}</summary>
      <For each={whyLines(props.resolution, props.entry)}>{(line) => <p class="small">{line}</p>}</For>
    </details>
  )
}
