/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the list keeps each line it draws in a div of its own, which a <table> or <ul> may not hold */
import { createSignal, Match, Show, Switch } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { waitsFor } from '#client/shell/asks.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { lazyDialog } from '#client/ui/lazy-dialog.tsx'
import { NationalNumber } from '#client/ui/national-number.tsx'
import { AlertNote } from '#client/ui/note.tsx'
import { createAct } from '#client/waiting/act.ts'
import { RecordActions } from '#client/waiting/record-actions.tsx'
import { sideOf } from '#shared/bonds/model.ts'
import type { ContactEntry, ViaEntry } from '#shared/documents/entries.ts'
import { effectsOfEndingContact } from './contact-effects.ts'
import { nameOf, numberOf, type PersonEntry } from './contact-row.ts'
import { relationText } from './relation-text.ts'

const EndDialog = lazyDialog(async () => (await import('./end-dialog.tsx')).EndDialog)
const NotYoursDialog = lazyDialog(async () => (await import('./not-yours-dialog.tsx')).NotYoursDialog)

/** Name · number · address · e-mail · relation · what can be done (IS-68). */
export function ContactLine(props: { readonly entry: PersonEntry; readonly index: number }) {
  const house = useHouse()
  const pending = () => waitsFor(props.entry.bond, house.role().party)
  const contact = () => props.entry.person?.contact ?? null
  const via = () => (props.entry.kind === 'via' ? props.entry : null)
  return (
    <div
      class="tr"
      classList={{ pending: pending(), via: via() !== null }}
      role="row"
      aria-rowindex={props.index}
    >
      <span role="rowheader" class="name">
        {nameOf(props.entry)}
      </span>
      <span role="cell">
        <NationalNumber id={numberOf(props.entry)} name={nameOf(props.entry)} />
      </span>
      <span role="cell">
        <Show
          when={props.entry.person?.protectedIdentity !== true}
          fallback={
            <span class="chip">
              <Icon name="Shield" />
              {t('contacts.protected')}
            </span>
          }
        >
          <Show when={contact()}>
            {(known) => (
              <>
                {known().street}
                <br />
                <span class="soft">
                  {known().zip} {known().city}
                </span>
              </>
            )}
          </Show>
        </Show>
      </span>
      <span role="cell">
        <Show when={contact()?.email}>
          {(email) => (
            <a class="one-line" href={`mailto:${email()}`} title={email()}>
              {email()}
            </a>
          )}
        </Show>
      </span>
      <span role="cell" class="wide">
        <Show when={pending()} fallback={relationText(props.entry.bond)}>
          <span class="mark">
            <Icon name="Hourglass" />
            {relationText(props.entry.bond)}
          </span>
        </Show>
        <Show when={via()}>
          {(entry) => (
            <span class="one-line soft" title={entry().company.name}>
              {t('rel.in', { company: entry().company.name })}
            </span>
          )}
        </Show>
      </span>
      <span role="cell" class="end">
        <Show when={via()} fallback={<OwnActions entry={props.entry as ContactEntry} pending={pending()} />}>
          {(entry) => <WhyNot entry={entry()} />}
        </Show>
      </span>
    </div>
  )
}

function OwnActions(props: { readonly entry: ContactEntry; readonly pending: boolean }) {
  const house = useHouse()
  const { act, problem, busy } = createAct()
  const [ending, setEnding] = createSignal(false)
  const bond = () => props.entry.bond
  const name = () => nameOf(props.entry)
  const ask = (type: string) =>
    void act({ type, input: { id: bond().id }, about: [bond().id], label: name() })
  const undoable = () => {
    const now = bond()
    return now.state === 'ending' && now.endedBy === sideOf(now, house.role().party)
  }
  return (
    <>
      <RecordActions record={bond().id}>
        <Switch>
          <Match when={props.pending}>
            <button type="button" class="button" disabled={busy()} onClick={() => ask('bond.withdraw')}>
              {t('rel.stopWaiting')}
            </button>
          </Match>
          <Match when={undoable()}>
            <button type="button" class="button" disabled={busy()} onClick={() => ask('bond.cancel-end')}>
              {t('common.undo')}
            </button>
          </Match>
          <Match when={bond().state === 'confirmed'}>
            <button type="button" class="button caps" onClick={() => setEnding(true)}>
              {t('rel.end')}
            </button>
          </Match>
        </Switch>
      </RecordActions>
      <AlertNote text={problem()} />
      <Show when={ending()}>
        <EndDialog
          bond={bond()}
          name={name()}
          effects={(day) => effectsOfEndingContact(bond(), name(), house.role().name, day)}
          onClose={() => setEnding(false)}
        />
      </Show>
    </>
  )
}

/** Somebody else's employee has no end button here (IS-78); the reason is one press away. */
function WhyNot(props: { readonly entry: ViaEntry }) {
  const [open, setOpen] = createSignal(false)
  return (
    <>
      <button type="button" class="button quiet" onClick={() => setOpen(true)}>
        {t('common.why')}
      </button>
      <Show when={open()}>
        <NotYoursDialog entry={props.entry} onClose={() => setOpen(false)} />
      </Show>
    </>
  )
}
