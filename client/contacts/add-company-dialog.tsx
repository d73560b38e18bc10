import { createSignal, untrack } from 'solid-js'
import { newRecordId } from '#client/core/record-id.ts'
import { t } from '#client/i18n/t.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { AlertNote, Note } from '#client/ui/note.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { createAct } from '#client/waiting/act.ts'
import { proposalOf } from '#client/waiting/command-text.ts'
import { parseRegNo } from '#shared/identity/reg-no.ts'

/** "Lägg till företag": an organisation asks a company whether it is a member (IS-70). */
export function AddCompanyDialog(props: { readonly draft: string | null; readonly onClose: () => void }) {
  const house = useHouse()
  const { act, problem, busy } = createAct()
  const draft = untrack(() => house.outbox().find((item) => item.command.id === props.draft))
  const [number, setNumber] = createSignal(draft === undefined ? '' : (proposalOf(draft)?.number ?? ''))
  const [error, setError] = createSignal<string>()
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const parsed = parseRegNo('SE', number())
    if (!parsed.ok) {
      setError(parsed.reason === 'empty' ? t('orgnr.empty') : t('orgnr.invalid', { value: number().trim() }))
      return
    }
    const { country, value } = parsed.regNo
    const id = newRecordId()
    const input = { id, type: 'org_membership', other: { organisation: { regNo: { country, value } } } }
    if (!(await act({ type: 'bond.propose', input, about: [id], label: value }))) return
    if (draft !== undefined) await house.acknowledge(draft.command.id)
    props.onClose()
  }
  return (
    <Dialog title={t('contacts.addCompany')} onClose={props.onClose}>
      <form novalidate onSubmit={(event) => void submit(event)}>
        <Note>
          <p>{t('hint.partial')}</p>
        </Note>
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
        <AlertNote text={problem()} />
        <div class="buttons">
          <button type="button" class="button" onClick={() => props.onClose()}>
            {t('common.cancel')}
          </button>
          <button type="submit" class="button primary" disabled={busy()}>
            {t('contacts.send')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
