import { createMemo, createSignal, createUniqueId, For } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { AlertNote, Note } from '#client/ui/note.tsx'
import { createAct } from '#client/waiting/act.ts'
import type { OwnPayerEntry } from '#shared/documents/entries.ts'
import { feeKinds, type FeeKind } from '#shared/payers/model.ts'
import { candidateName, payerRecord } from './payer-words.ts'

/** Among those who have said yes, or myself; for all fees or one kind of them (P10, P12). */
export function ChoosePayerDialog(props: { readonly entry: OwnPayerEntry; readonly onClose: () => void }) {
  const house = useHouse()
  const { act, problem, busy } = createAct()
  const feeId = createUniqueId()
  const [feeKind, setFeeKind] = createSignal<FeeKind | '*'>('*')
  const resolution = () =>
    props.entry.byFee.find((each) => each.feeKind === feeKind())?.resolution ?? props.entry.all
  const [picked, setPicked] = createSignal<string>()
  const chosen = () => picked() ?? resolution().payer
  const alternatives = createMemo(() => {
    const seen = new Set<string>()
    const willing = resolution().candidates.filter((candidate) => {
      if (seen.has(candidate.payer)) return false
      seen.add(candidate.payer)
      return true
    })
    return [
      ...willing.map((candidate) => ({
        payer: candidate.payer,
        name: candidateName(candidate, props.entry),
      })),
      { payer: 'self', name: t('my.payerMyself') },
    ]
  })
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const payer = chosen()
    const label = alternatives().find((each) => each.payer === payer)?.name ?? payer
    const about = [payerRecord(house.session().person.id)]
    const basis = { [props.entry.id]: props.entry.rev }
    const input = { payer, feeKind: feeKind() }
    if (await act({ type: 'payer.choose', input, about, label, basis })) props.onClose()
  }
  return (
    <Dialog title={t('my.payerChoose')} onClose={props.onClose}>
      <form novalidate onSubmit={(event) => void submit(event)}>
        <div class="field">
          <label for={feeId}>{t('my.payerFor')}</label>
          <select
            id={feeId}
            class="input"
            onChange={(event) => {
              setFeeKind(event.currentTarget.value as FeeKind | '*')
              setPicked(undefined)
            }}
          >
            <option value="*">{t('my.payerAll')}</option>
            <For each={feeKinds}>{(kind) => <option value={kind}>{t(`fee.${kind}`)}</option>}</For>
          </select>
        </div>
        <fieldset class="stack-tight">
          <legend class="label">{t('payers.title')}</legend>
          <For each={alternatives()}>
            {(each) => (
              <label class="choice">
                <input
                  type="radio"
                  name="payer"
                  value={each.payer}
                  checked={each.payer === chosen()}
                  onChange={() => setPicked(each.payer)}
                />
                <span>
                  {each.name}
                  {each.payer === resolution().payer ? ` (${t('my.payerCurrent')})` : ''}
                </span>
              </label>
            )}
          </For>
        </fieldset>
        <Note>
          <p>{t('my.payerNote')}</p>
          <p>{t('my.payerMark')}</p>
        </Note>
        <AlertNote text={problem()} />
        <div class="buttons">
          <button type="button" class="button" onClick={() => props.onClose()}>
            {t('common.cancel')}
          </button>
          <button type="submit" class="button primary" disabled={busy()}>
            {t('common.save')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
