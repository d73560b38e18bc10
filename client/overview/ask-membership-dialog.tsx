import { createSignal, untrack, type JSX } from 'solid-js'
import { newRecordId } from '#client/core/record-id.ts'
import { t } from '#client/i18n/t.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { AlertNote } from '#client/ui/note.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { createAct } from '#client/waiting/act.ts'
import { proposalOf } from '#client/waiting/command-text.ts'
import { parseRegNo } from '#shared/identity/reg-no.ts'

/**
 * The other's organisation number, nothing else: a company states the organisation it belongs to ("ANGE ORGANISATION", IS-28), an
 * organisation asks a company whether it is a member ("Lägg till företag", IS-70). Which of the two it is, the rules know.
 */
export function AskMembershipDialog(props: {
  readonly title: string
  readonly send: string
  /** What the person should know before asking. */
  readonly children: JSX.Element
  /** A refused request to put back into the form. */
  readonly draft: string | null
  readonly onClose: () => void
}) {
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
    <Dialog title={props.title} onClose={props.onClose}>
      <form novalidate onSubmit={(event) => void submit(event)}>
        {props.children}
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
            {props.send}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
