import { createSignal, Show } from 'solid-js'
import { formatDay } from '#client/i18n/format.ts'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { lazyDialog } from '#client/ui/lazy-dialog.tsx'
import { AlertNote } from '#client/ui/note.tsx'
import { createAct } from '#client/waiting/act.ts'
import { RecordActions } from '#client/waiting/record-actions.tsx'
import { sideOf } from '#shared/bonds/model.ts'
import type { MembershipEntry } from '#shared/documents/entries.ts'
import { effectsOfEnding } from './membership-effects.ts'
import { personsOf } from './membership-persons.ts'

const EndDialog = lazyDialog(async () => (await import('#client/contacts/end-dialog.tsx')).EndDialog)

/** The button that ends a membership, from either side, or takes back an end that was set. */
export function MembershipEnd(props: {
  readonly entry: MembershipEntry
  readonly company: string
  readonly org: string
}) {
  const house = useHouse()
  const [ending, setEnding] = createSignal(false)
  const { act, problem, busy } = createAct()
  const bond = () => props.entry.bond
  const set = () => {
    const now = bond()
    return now.state === 'ending' ? now : undefined
  }
  const mine = () => set()?.endedBy === sideOf(bond(), house.role().party)
  const undo = () =>
    void act({
      type: 'bond.cancel-end',
      input: { id: bond().id },
      about: [bond().id],
      label: props.entry.other.name,
    })
  return (
    <>
      <RecordActions record={bond().id}>
        <Show
          when={set()}
          fallback={
            <Show when={bond().state === 'confirmed'}>
              <button type="button" class="button caps danger" onClick={() => setEnding(true)}>
                {t('rel.end')}
              </button>
            </Show>
          }
        >
          {(end) => (
            <>
              <span class="chip warn">{t('my.until', { date: formatDay(end().validTo) })}</span>
              <Show when={mine()}>
                <button type="button" class="button" disabled={busy()} onClick={undo}>
                  {t('common.undo')}
                </button>
              </Show>
            </>
          )}
        </Show>
      </RecordActions>
      <AlertNote text={problem()} />
      <Show when={ending()}>
        <EndDialog
          bond={bond()}
          name={props.entry.other.name}
          effects={(day) =>
            effectsOfEnding(
              {
                company: props.company,
                org: props.org,
                persons: personsOf(props.entry, house.rows('contacts')(), house.role().party),
              },
              day,
            )
          }
          onClose={() => setEnding(false)}
        />
      </Show>
    </>
  )
}
