/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the list keeps each line it draws in a div of its own, which a <table> or <ul> may not hold */
import { createMemo, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { isNarrow } from '#client/ui/narrow.ts'
import { NationalNumber } from '#client/ui/national-number.tsx'
import { AlertNote } from '#client/ui/note.tsx'
import { RecordActions } from '#client/waiting/record-actions.tsx'
import { useWaiting } from '#client/waiting/waiting.tsx'
import { waitsFor } from '#shared/bonds/asked.ts'
import { sideOf } from '#shared/bonds/model.ts'
import type { ContactEntry } from '#shared/documents/entries.ts'
import { formatNationalId } from '#shared/identity/national-id.ts'
import type { ContactActs } from './contact-acts.tsx'
import { nameOf, numberOf, type PersonEntry } from './contact-row.ts'
import { relationText } from './relation-text.ts'

/**
 * Name · number · address · e-mail · relation · what can be done (IS-68). The entry may become another person's while someone
 * searches: nothing of one person's may be kept in here.
 */
export function ContactLine(props: {
  readonly entry: PersonEntry
  readonly index: number
  readonly acts: ContactActs
}) {
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
        <Number entry={props.entry} />
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
        <Show
          when={props.entry.kind === 'contact' && props.entry}
          fallback={
            <button type="button" class="button quiet" onClick={() => props.acts.why(props.entry)}>
              {t('common.why')}
            </button>
          }
        >
          {(entry) => <OwnActions entry={entry()} pending={pending()} acts={props.acts} />}
        </Show>
      </span>
    </div>
  )
}

/** A number uncovered in a hand is covered again for the next person. */
function Number(props: { readonly entry: PersonEntry }) {
  const number = () => numberOf(props.entry)
  return (
    <Show
      when={isNarrow() && props.entry}
      keyed
      fallback={<Show when={number()}>{(id) => <span class="nowrap">{formatNationalId(id())}</span>}</Show>}
    >
      {(entry) => <NationalNumber id={numberOf(entry)} name={nameOf(entry)} />}
    </Show>
  )
}

interface Own {
  readonly entry: ContactEntry
  readonly pending: boolean
  readonly acts: ContactActs
}

function OwnActions(props: Own) {
  const waiting = useWaiting()
  const id = () => props.entry.bond.id
  const underway = createMemo(() => (waiting.about(id()) === undefined ? null : id()))
  return (
    <>
      <Show
        when={underway()}
        keyed
        fallback={
          <div class="buttons">
            <OwnButton {...props} />
          </div>
        }
      >
        {(record) => (
          <RecordActions record={record}>
            <OwnButton {...props} />
          </RecordActions>
        )}
      </Show>
      <AlertNote text={props.acts.problem(id())} />
    </>
  )
}

function OwnButton(props: Own) {
  const house = useHouse()
  const can = createMemo(() => {
    const { bond } = props.entry
    if (props.pending) return 'withdraw'
    if (bond.state === 'ending' && bond.endedBy === sideOf(bond, house.role().party)) return 'cancel-end'
    return bond.state === 'confirmed' ? 'end' : null
  })
  // A button stands for one thing: another thing to do is another button.
  return (
    <Show when={can()} keyed>
      {(now) =>
        now === 'end' ? (
          <button type="button" class="button caps" onClick={() => props.acts.end(props.entry)}>
            {t('rel.end')}
          </button>
        ) : (
          <button
            type="button"
            class="button"
            disabled={props.acts.busy(props.entry.bond.id)}
            onClick={() => props.acts.ask(props.entry, `bond.${now}`)}
          >
            {now === 'withdraw' ? t('rel.stopWaiting') : t('common.undo')}
          </button>
        )
      }
    </Show>
  )
}
