import { createSignal, For, Show } from 'solid-js'
import { VList } from 'virtua/solid'
import type { Wish } from '#client/core/house.ts'
import { newRecordId } from '#client/core/record-id.ts'
import { refusalText, type DeviceRefusal } from '#client/i18n/refusal-text.ts'
import { t } from '#client/i18n/t.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { AlertNote, Note } from '#client/ui/note.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import type { BillingEntry } from '#shared/documents/entries.ts'
import { formatNationalId, type NationalId } from '#shared/identity/national-id.ts'
import { payeeName, payeeNumber, type PayerGroup } from './payer-lists.ts'
import { readTypedNumbers } from './typed-numbers.ts'

interface Outcome {
  readonly added: readonly string[]
  readonly removed: number
  readonly bad: readonly { readonly value: string; readonly problem: string }[]
}

/** "+ LÄGG TILL / ÄNDRA": new numbers and unticked boxes, saved as one (IS-105…IS-107). */
export function EditDialog(props: {
  readonly direct: readonly BillingEntry[]
  readonly via: readonly PayerGroup[]
  readonly onClose: () => void
}) {
  const house = useHouse()
  const [typed, setTyped] = createSignal('')
  const [unticked, setUnticked] = createSignal<ReadonlySet<string>>(new Set())
  const [outcome, setOutcome] = createSignal<Outcome | null>(null)
  const [problem, setProblem] = createSignal<string | null>(null)
  const [busy, setBusy] = createSignal(false)

  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy()) return
    const numbers = readTypedNumbers(typed(), house.session().today)
    const ends = props.direct.filter((row) => unticked().has(row.bond.id)).map(endOf)
    const offers = numbers.valid.map(offerOf)
    const bad = numbers.invalid.map(({ value, reason }) => ({
      value,
      problem: t('pnr.invalid', { value, reason: t(`reason.${reason}`) }),
    }))
    if (ends.length + offers.length + bad.length === 0) {
      setProblem(t('payers.nothing'))
      return
    }
    setBusy(true)
    setProblem(null)
    try {
      const wishes = [...offers, ...ends]
      const refused = await dispatchWilling(wishes)
      const added = offers.filter((wish) => !refused.has(wish)).map((wish) => wish.label)
      const removed = ends.filter((wish) => !refused.has(wish)).length
      const told = [...refused].map(([wish, words]) => ({ value: wish.label, problem: words }))
      setOutcome({ added, removed, bad: [...bad, ...told] })
      setTyped('')
      setUnticked(new Set<string>())
    } catch (fault) {
      setProblem(t('refusal.fault'))
      reportError(fault)
    } finally {
      setBusy(false)
    }
  }

  /** All or nothing is stored; so those that are refused are told, and the others are asked for again without them (IS-106). */
  async function dispatchWilling(wishes: readonly Wish[]): Promise<ReadonlyMap<Wish, string>> {
    const refused = new Map<Wish, string>()
    let asked = wishes
    while (asked.length > 0) {
      const answers = await house.dispatchAll(asked)
      const willing = asked.filter((wish, index) => {
        const answer = answers[index]
        if (answer === undefined || answer.ok || answer.refusal.code === together) return true
        refused.set(
          wish,
          refusalText(answer.refusal, { name: wish.label, register: house.session().register.name }),
        )
        return false
      })
      if (willing.length === asked.length) break
      asked = willing
    }
    return refused
  }

  const toggle = (id: string) =>
    setUnticked((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })

  return (
    <Dialog title={t('payers.editTitle')} onClose={props.onClose}>
      <form novalidate onSubmit={(event) => void save(event)}>
        <Show when={outcome()}>{(now) => <OutcomeNote outcome={now()} />}</Show>
        <TextField label={t('bill.add.label')} value={typed()} multiline onInput={setTyped} />
        <Show when={props.direct.length > 0}>
          <fieldset class="stack-tight">
            <legend class="label">{t('payers.found')}</legend>
            <p class="soft small">{t('payers.tickHint')}</p>
            <TickList rows={props.direct} unticked={unticked()} onToggle={toggle} />
          </fieldset>
        </Show>
        <For each={props.via}>
          {(group) => (
            <div class="stack-tight">
              <strong class="small">{t('bill.via', { company: group.name })}</strong>
              <ul class="small soft">
                <For each={group.rows.slice(0, viaShown)}>
                  {(row) => (
                    <li>
                      {t('bill.viacompany', {
                        name: payeeName(row) || t('contacts.protected'),
                        company: group.name,
                      })}
                    </li>
                  )}
                </For>
              </ul>
            </div>
          )}
        </For>
        <AlertNote text={problem()} />
        <div class="buttons">
          <button type="button" class="button" onClick={() => props.onClose()}>
            {outcome() === null ? t('common.cancel') : t('common.close')}
          </button>
          <button type="submit" class="button primary" disabled={busy()}>
            {t('common.save')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** Not itself refused, only asked for in the company of one that was. */
const together: DeviceRefusal = 'device/together'

/** Enough to see why there is no box; the rest stand on the page. */
const viaShown = 20

function endOf(row: BillingEntry): Wish {
  const { id, rev } = row.bond
  return { type: 'bond.end', input: { id }, about: [id], label: payeeName(row), basis: { [id]: rev } }
}

function offerOf(number: NationalId): Wish {
  const id = newRecordId()
  const { country, value } = number
  const input = { id, type: 'billing', other: { person: { nationalId: { country, value } } } }
  return { type: 'bond.propose', input, about: [id], label: formatNationalId(number) }
}

const tallList = 40
const tickHeight = 44

function TickList(props: {
  readonly rows: readonly BillingEntry[]
  readonly unticked: ReadonlySet<string>
  readonly onToggle: (id: string) => void
}) {
  const tick = (row: BillingEntry) => {
    const number = payeeNumber(row)
    return (
      <label class="choice">
        <input
          type="checkbox"
          checked={!props.unticked.has(row.bond.id)}
          onChange={() => props.onToggle(row.bond.id)}
        />
        <span>
          {number === null ? '' : formatNationalId(number)} {payeeName(row)}
        </span>
      </label>
    )
  }
  return (
    <Show
      when={props.rows.length > tallList}
      fallback={
        <div class="tick-list">
          <For each={props.rows}>{tick}</For>
        </div>
      }
    >
      <div class="tick-list tall">
        <VList data={props.rows} itemSize={tickHeight}>
          {tick}
        </VList>
      </div>
    </Show>
  )
}

function OutcomeNote(props: { readonly outcome: Outcome }) {
  const summary = () => {
    const { added, bad, removed } = props.outcome
    const parts: string[] = []
    if (bad.length > 0) {
      const list = bad.map((each) => each.value).join(', ')
      parts.push(t('bill.add.result', { ok: String(added.length), bad: String(bad.length), list }))
    } else if (added.length > 0) parts.push(t('bill.add.allOk', { n: added.length }))
    if (removed > 0) parts.push(t('bill.removed', { n: removed }))
    return parts.join(' ')
  }
  return (
    <Note
      tone={props.outcome.bad.length > 0 ? 'warn' : 'good'}
      live={props.outcome.bad.length > 0 ? 'alert' : 'status'}
    >
      <p>{summary()}</p>
      <ul class="small">
        <For each={props.outcome.added}>{(value) => <li>{t('payers.added', { value })}</li>}</For>
        <For each={props.outcome.bad}>{(each) => <li>{each.problem}</li>}</For>
      </ul>
    </Note>
  )
}
