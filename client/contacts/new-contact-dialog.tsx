import { createMemo, createSignal, For, Show, untrack } from 'solid-js'
import { newRecordId } from '#client/core/record-id.ts'
import { t } from '#client/i18n/t.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { AlertNote, Note } from '#client/ui/note.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { createAct } from '#client/waiting/act.ts'
import { proposalOf } from '#client/waiting/command-text.ts'
import { allowedTypes, type TypeObstacle } from '#shared/bonds/bond-types.ts'
import type { PersonBondType } from '#shared/bonds/model.ts'
import { parseNationalId } from '#shared/identity/national-id.ts'
import type { OrganisationKind } from '#shared/parties/model.ts'

/** "Skapa ny kontakt": type, name, number (IS-59). The answer is the same whether the person is known or not. */
export function NewContactDialog(props: { readonly draft: string | null; readonly onClose: () => void }) {
  const house = useHouse()
  const { act, problem, busy, clear } = createAct()
  const draft = untrack(() => house.outbox().find((item) => item.command.id === props.draft))
  const before = draft === undefined ? undefined : proposalOf(draft)
  const types = createMemo(() => {
    const { kind, tier } = house.role()
    return allowedTypes({ kind: kind as OrganisationKind, tier })
  })
  const first = () => types().find((each) => each.obstacle === undefined)?.type ?? 'employed'
  const [type, setType] = createSignal<PersonBondType>(
    types().find((each) => each.type === before?.type)?.type ?? first(),
  )
  const [name, setName] = createSignal(before?.name ?? '')
  const [number, setNumber] = createSignal(before?.number ?? '')
  const [note, setNote] = createSignal(before?.note ?? '')
  const [errors, setErrors] = createSignal<{ name?: string; number?: string; note?: string }>({})
  const [sent, setSent] = createSignal<string | null>(null)
  let nameField: HTMLElement | undefined

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const parsed = parseNationalId('SE', number(), house.session().today)
    const found: { name?: string; number?: string; note?: string } = {}
    if (name().trim() === '') found.name = t('contacts.nameMissing')
    if (!parsed.ok) found.number = numberProblem(number(), parsed.reason)
    if (type() === 'other' && note().trim() === '') found.note = t('contacts.noteMissing')
    setErrors(found)
    if (!parsed.ok || found.name !== undefined || found.note !== undefined) return
    const id = newRecordId()
    const { country, value } = parsed.id
    const person = { name: name().trim(), nationalId: { country, value } }
    const input = {
      id,
      type: type(),
      other: { person },
      ...(type() === 'other' ? { note: note().trim() } : {}),
    }
    if (!(await act({ type: 'bond.propose', input, about: [id], label: person.name }))) return
    if (draft !== undefined) await house.acknowledge(draft.command.id)
    setSent(person.name)
  }
  const again = () => {
    setSent(null)
    setName('')
    setNumber('')
    setNote('')
    queueMicrotask(() => nameField?.focus())
  }
  return (
    <Dialog title={t('contacts.newTitle')} onClose={props.onClose}>
      <Show when={sent()} fallback={null}>
        {(who) => <Sent name={who()} again={again} onClose={props.onClose} />}
      </Show>
      <Show when={sent() === null}>
        <form novalidate onSubmit={(event) => void submit(event)}>
          <TypeChoice types={types()} chosen={type()} onChoose={setType} />
          <TextField
            label={t('contacts.name')}
            value={name()}
            maxLength={200}
            error={errors().name}
            onInput={setName}
            ref={(element) => (nameField = element)}
          />
          <TextField
            label={t('contacts.number')}
            value={number()}
            inputMode="numeric"
            maxLength={64}
            error={errors().number}
            onInput={(value) => {
              setNumber(value)
              clear()
            }}
          />
          <Show when={type() === 'other'}>
            <TextField
              label={t('contacts.note')}
              value={note()}
              maxLength={500}
              multiline
              error={errors().note}
              onInput={setNote}
            />
          </Show>
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
      </Show>
    </Dialog>
  )
}

type NumberReason = Extract<ReturnType<typeof parseNationalId>, { ok: false }>['reason']

function numberProblem(value: string, reason: NumberReason): string {
  return reason === 'empty'
    ? t('number.empty')
    : t('pnr.invalid', { value: value.trim(), reason: t(`reason.${reason}`) })
}

/** Types that do not fit this kind of organisation stay in sight, shut, with the reason (IS-57). */
function TypeChoice(props: {
  readonly types: readonly { readonly type: PersonBondType; readonly obstacle: TypeObstacle | undefined }[]
  readonly chosen: PersonBondType
  readonly onChoose: (type: PersonBondType) => void
}) {
  const house = useHouse()
  return (
    <fieldset>
      <legend class="label">{t('contacts.type')}</legend>
      <div class="choices">
        <For each={props.types}>
          {(each) => (
            <label class="choice">
              <input
                type="radio"
                name="bond-type"
                value={each.type}
                checked={each.type === props.chosen}
                disabled={each.obstacle !== undefined}
                aria-labelledby={`type-${each.type}`}
                aria-describedby={`reason-${each.type}`}
                onChange={() => props.onChoose(each.type)}
              />
              <span id={`type-${each.type}`}>{t(`bond.${each.type}`)}</span>
              <span class="reason" id={`reason-${each.type}`}>
                {obstacleText(each.obstacle, house.session().register.name) ?? t(`bond.${each.type}.hint`)}
              </span>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  )
}

function obstacleText(obstacle: TypeObstacle | undefined, register: string): string | undefined {
  if (obstacle === undefined) return undefined
  return obstacle === 'not-company-user'
    ? t('obstacle.not-company-user', { register })
    : t(`obstacle.${obstacle}`)
}

function Sent(props: { readonly name: string; readonly again: () => void; readonly onClose: () => void }) {
  const house = useHouse()
  const away = () => house.connection().state === 'offline' || house.connection().state === 'unreachable'
  return (
    <>
      <Note tone="good" live="status">
        <p>{away() ? t('rel.savedHere', { name: props.name }) : t('rel.sent', { name: props.name })}</p>
      </Note>
      <div class="buttons">
        <button type="button" class="button" onClick={() => props.again()}>
          {t('contacts.another')}
        </button>
        <button type="button" class="button primary" onClick={() => props.onClose()}>
          {t('common.done')}
        </button>
      </div>
    </>
  )
}
