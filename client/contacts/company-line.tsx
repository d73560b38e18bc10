/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the list keeps each line it draws in a div of its own, which a <table> or <ul> may not hold */
import { createMemo, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { MembershipEnd } from '#client/overview/membership-end.tsx'
import { personsOf } from '#client/overview/membership-persons.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { AlertNote } from '#client/ui/note.tsx'
import { createAct } from '#client/waiting/act.ts'
import { RecordActions } from '#client/waiting/record-actions.tsx'
import { waitsFor } from '#shared/bonds/asked.ts'
import type { MembershipEntry } from '#shared/documents/entries.ts'
import { relationText } from './relation-text.ts'

/** A member company, as the head of its people in the list (IS-40, IS-76). */
export function CompanyLine(props: { readonly entry: MembershipEntry; readonly index: number }) {
  const house = useHouse()
  const { act, problem, busy } = createAct()
  const bond = () => props.entry.bond
  const pending = () => waitsFor(bond(), house.role().party)
  const persons = createMemo(() => personsOf(props.entry, house.rows('contacts')(), house.role().party))
  const withdraw = () =>
    void act({
      type: 'bond.withdraw',
      input: { id: bond().id },
      about: [bond().id],
      label: props.entry.other.name,
    })
  return (
    <div class="tr group" classList={{ pending: pending() }} role="row" aria-rowindex={props.index}>
      <span role="rowheader" class="line" aria-colspan={5}>
        <Icon name={pending() ? 'Hourglass' : 'Building'} />
        <strong>{props.entry.other.name}</strong>
        <span class="nowrap soft">{props.entry.other.regNo?.value}</span>
        <span class="soft">
          {relationText(bond())}
          <Show when={!pending()}> · {t('org.persons', { n: persons() })}</Show>
        </span>
        <Show when={pending() && !props.entry.other.hasUser}>
          <span class="soft">{t('company.nouser')}</span>
        </Show>
      </span>
      <span role="cell" class="end">
        <Show
          when={pending()}
          fallback={
            <MembershipEnd entry={props.entry} company={props.entry.other.name} org={house.role().name} />
          }
        >
          <RecordActions record={bond().id}>
            <button type="button" class="button" disabled={busy()} onClick={withdraw}>
              {t('rel.stopWaiting')}
            </button>
          </RecordActions>
          <AlertNote text={problem()} />
        </Show>
      </span>
    </div>
  )
}
