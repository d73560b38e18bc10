import { createSignal, For, Match, Show, Switch } from 'solid-js'
import { relationText } from '#client/contacts/relation-text.ts'
import { formatDay } from '#client/i18n/format.ts'
import { t } from '#client/i18n/t.ts'
import { seenWords } from '#client/shell/seen-words.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { lazyDialog } from '#client/ui/lazy-dialog.tsx'
import { AlertNote, Note } from '#client/ui/note.tsx'
import { createAct } from '#client/waiting/act.ts'
import { RecordActions } from '#client/waiting/record-actions.tsx'
import { waitsFor } from '#shared/bonds/asked.ts'
import type { OwnBondEntry } from '#shared/documents/entries.ts'
import type { Day } from '#shared/kernel/time.ts'

const EndDialog = lazyDialog(async () => (await import('#client/contacts/end-dialog.tsx')).EndDialog)

/** One relation of mine: with whom, since when, who sees what through it, and a way out of it. */
export function MyRelation(props: { readonly entry: OwnBondEntry }) {
  const house = useHouse()
  const bond = () => props.entry.bond
  const waits = () => waitsFor(bond(), house.session().person.id)
  return (
    <article class="card">
      <div class="stack-tight">
        <h3>{props.entry.other.name}</h3>
        <p class="soft">
          {relationText(bond())}
          <Show when={since(props.entry)}>{(day) => <>, {t('my.since', { date: formatDay(day()) })}</>}</Show>
        </p>
      </div>
      <Show when={waits()}>
        <Note tone="pending">
          <p>{t('my.waitsFor', { org: props.entry.other.name })}</p>
          <Show when={!props.entry.other.hasUser}>
            <p>{t('company.nouser')}</p>
          </Show>
        </Note>
      </Show>
      <Show when={!waits() && bond().type !== 'billing'}>
        <div class="stack-tight small">
          <strong>{t('my.whoSees')}</strong>
          <Show when={props.entry.seers.length > 0} fallback={<p class="soft">{t('my.nobodySees')}</p>}>
            <ul>
              <For each={props.entry.seers}>
                {(seer) => <li>{t('my.seesWhat', { org: seer.name, categories: seenWords(seer.sees) })}</li>}
              </For>
            </ul>
          </Show>
        </div>
      </Show>
      <RelationActions entry={props.entry} waits={waits()} />
    </article>
  )
}

function since(entry: OwnBondEntry): Day | undefined {
  return 'validFrom' in entry.bond ? entry.bond.validFrom : undefined
}

function RelationActions(props: { readonly entry: OwnBondEntry; readonly waits: boolean }) {
  const { act, problem, busy } = createAct()
  const [ending, setEnding] = createSignal(false)
  const bond = () => props.entry.bond
  const ask = (type: string) =>
    void act({ type, input: { id: bond().id }, about: [bond().id], label: props.entry.other.name })
  const undoable = () => {
    const now = bond()
    return now.state === 'ending' && now.endedBy === 'a'
  }
  const effects = (day: Day) => [
    t('effects.from', { date: formatDay(day) }),
    ...props.entry.seers.map((seer) => t('effects.youStopShow', { org: seer.name })),
    t('effects.payerRecomputed'),
    t('effects.told', { name: props.entry.other.name }),
    t('effects.sentStays'),
  ]
  return (
    <>
      <RecordActions record={bond().id}>
        <Switch>
          <Match when={props.waits}>
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
          name={props.entry.other.name}
          effects={effects}
          onClose={() => setEnding(false)}
        />
      </Show>
    </>
  )
}
