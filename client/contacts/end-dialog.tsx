import { createSignal } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { Effects } from '#client/ui/effects.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { AlertNote } from '#client/ui/note.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { createAct } from '#client/waiting/act.ts'
import type { Bond } from '#shared/bonds/model.ts'
import type { Day } from '#shared/kernel/time.ts'

/** "AVSLUTA RELATION": from which day, and what will happen then (IS-73). */
export function EndDialog(props: {
  readonly bond: Bond
  readonly name: string
  readonly effects: (day: Day) => readonly string[]
  readonly onClose: () => void
}) {
  const house = useHouse()
  const { act, problem, busy } = createAct()
  const today = () => house.session().today
  const [date, setDate] = createSignal(today())
  const day = () => (date() === '' ? today() : date())
  const lines = () => [...props.effects(day()), ...(day() > today() ? [t('effects.undoable')] : [])]
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const { id } = props.bond
    // Today is the server's today: a device whose clock is off must not send yesterday.
    const input = day() <= today() ? { id } : { id, date: day() }
    const wish = { type: 'bond.end', input, about: [id], label: props.name, basis: { [id]: props.bond.rev } }
    if (await act(wish)) props.onClose()
  }
  return (
    <Dialog title={t('contacts.endTitle')} onClose={props.onClose}>
      <form novalidate onSubmit={(event) => void submit(event)}>
        <p>{t('contacts.endWith', { name: props.name })}</p>
        <TextField label={t('contacts.endDate')} type="date" min={today()} value={date()} onInput={setDate} />
        <Effects heading={t('effects.heading')} lines={lines()} />
        <AlertNote text={problem()} />
        <div class="buttons">
          <button type="button" class="button" onClick={() => props.onClose()}>
            {t('common.cancel')}
          </button>
          <button type="submit" class="button danger primary" disabled={busy()}>
            {t('contacts.endNow')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
