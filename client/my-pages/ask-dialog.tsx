import { createSignal, createUniqueId, For, Show, untrack } from 'solid-js'
import type { Wish } from '#client/core/house.ts'
import { newRecordId } from '#client/core/record-id.ts'
import { refusalText, type DeviceRefusal } from '#client/i18n/refusal-text.ts'
import { t } from '#client/i18n/t.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { AlertNote, Note } from '#client/ui/note.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { proposalOf } from '#client/waiting/command-text.ts'
import { personBondTypes, type BondType } from '#shared/bonds/model.ts'
import type { OwnBondEntry } from '#shared/documents/entries.ts'
import { parseRegNo } from '#shared/identity/reg-no.ts'

/** A person asks a company to confirm what they are there, and, if they wish, to pay for them (IS-93). */
export function AskDialog(props: {
  readonly draft: string | null
  /** A relation asked for before, to ask for again from this side. */
  readonly about: OwnBondEntry | null
  readonly onClose: () => void
}) {
  const house = useHouse()
  const draft = untrack(() => house.outbox().find((item) => item.command.id === props.draft))
  const before = draft === undefined ? undefined : proposalOf(draft)
  const typeId = createUniqueId()
  const about = untrack(() => props.about)
  const [number, setNumber] = createSignal(before?.number ?? about?.other.regNo?.value ?? '')
  const [type, setType] = createSignal<BondType>(before?.type ?? about?.bond.type ?? 'employed')
  const [note, setNote] = createSignal(before?.note ?? '')
  const [billingToo, setBillingToo] = createSignal(false)
  const [error, setError] = createSignal<string>()
  const [noteError, setNoteError] = createSignal<string>()
  const [problem, setProblem] = createSignal<string | null>(null)
  const [busy, setBusy] = createSignal(false)
  const [sent, setSent] = createSignal(false)

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy()) return
    const parsed = parseRegNo('SE', number())
    if (!parsed.ok) {
      setError(parsed.reason === 'empty' ? t('orgnr.empty') : t('orgnr.invalid', { value: number().trim() }))
      return
    }
    if (type() === 'other' && note().trim() === '') {
      setNoteError(t('contacts.noteMissing'))
      return
    }
    const { country, value } = parsed.regNo
    const wish = (bondType: BondType): Wish => {
      const id = newRecordId()
      const words = bondType === 'other' ? { note: note().trim() } : {}
      const input = { id, type: bondType, other: { organisation: { regNo: { country, value } } }, ...words }
      return { type: 'bond.propose', input, about: [id], label: value }
    }
    const wishes = [wish(type()), ...(billingToo() && type() !== 'billing' ? [wish('billing')] : [])]
    setBusy(true)
    setProblem(null)
    try {
      const answers = await house.dispatchAll(wishes)
      const no = answers.find((answer) => !answer.ok && answer.refusal.code !== together)
      if (no !== undefined && !no.ok) {
        setProblem(refusalText(no.refusal, { name: value, value, register: house.session().register.name }))
        return
      }
      if (draft !== undefined) await house.acknowledge(draft.command.id)
      setSent(true)
    } catch (fault) {
      setProblem(t('refusal.fault'))
      reportError(fault)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('my.askEmployer')} onClose={props.onClose}>
      <Show when={!sent()} fallback={<Sent onClose={props.onClose} />}>
        <form novalidate onSubmit={(event) => void submit(event)}>
          <p class="soft">{t('my.askEmployerText')}</p>
          <TextField
            label={t('org.number')}
            value={number()}
            inputMode="numeric"
            maxLength={64}
            error={error()}
            onInput={(value) => {
              setNumber(value)
              setError(undefined)
            }}
          />
          <div class="field">
            <label for={typeId}>{t('contacts.type')}</label>
            <select
              id={typeId}
              class="input"
              onChange={(event) => setType(event.currentTarget.value as BondType)}
            >
              <For each={[...personBondTypes, 'billing'] as const}>
                {(each) => (
                  <option value={each} selected={each === type()}>
                    {t(`bond.${each}`)}
                  </option>
                )}
              </For>
            </select>
          </div>
          <Show when={type() === 'other'}>
            <TextField
              label={t('contacts.note')}
              value={note()}
              multiline
              maxLength={500}
              error={noteError()}
              onInput={setNote}
            />
          </Show>
          <Show when={type() !== 'billing'}>
            <label class="choice">
              <input
                type="checkbox"
                checked={billingToo()}
                onChange={(event) => setBillingToo(event.currentTarget.checked)}
              />
              <span>{t('my.askBillingToo')}</span>
            </label>
          </Show>
          <AlertNote text={problem()} />
          <div class="buttons">
            <button type="button" class="button" onClick={() => props.onClose()}>
              {t('common.cancel')}
            </button>
            <button type="submit" class="button primary" disabled={busy()}>
              {t('my.sendAsk')}
            </button>
          </div>
        </form>
      </Show>
    </Dialog>
  )
}

/** Not itself refused, only asked for in the company of one that was. */
const together: DeviceRefusal = 'device/together'

function Sent(props: { readonly onClose: () => void }) {
  const house = useHouse()
  const away = () => house.connection().state === 'offline' || house.connection().state === 'unreachable'
  return (
    <>
      <Note tone="good" live="status">
        <p>{away() ? t('waiting.savedHere') : t('my.asked')}</p>
      </Note>
      <div class="buttons">
        <button type="button" class="button primary" onClick={() => props.onClose()}>
          {t('common.done')}
        </button>
      </div>
    </>
  )
}
