import { createSignal } from 'solid-js'
import { newRecordId } from '#client/core/record-id.ts'
import { t } from '#client/i18n/t.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { AlertNote } from '#client/ui/note.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { createAct } from '#client/waiting/act.ts'
import { parseRegNo } from '#shared/identity/reg-no.ts'

/** "ANGE ORGANISATION": the organisation's number, nothing else (IS-28). */
export function StateOrganisationDialog(props: { readonly onClose: () => void }) {
  const house = useHouse()
  const { act, problem, busy } = createAct()
  const [number, setNumber] = createSignal('')
  const [error, setError] = createSignal<string>()
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const parsed = parseRegNo('SE', number())
    if (!parsed.ok) {
      setError(parsed.reason === 'empty' ? t('orgnr.empty') : t('orgnr.invalid', { value: number().trim() }))
      return
    }
    const { country, value, key } = parsed.regNo
    const own = house
      .rows('base')()
      .some((row) => row.kind === 'organisation' && row.id === house.role().party && row.regNo?.key === key)
    if (own) {
      setError(t('refusal.orgSelf'))
      return
    }
    const id = newRecordId()
    const input = { id, type: 'org_membership', other: { organisation: { regNo: { country, value } } } }
    if (await act({ type: 'bond.propose', input, about: [id], label: value })) props.onClose()
  }
  return (
    <Dialog title={t('org.stateTitle')} onClose={props.onClose}>
      <form novalidate onSubmit={(event) => void submit(event)}>
        <p>{t('org.stateText')}</p>
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
            {t('org.add')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
