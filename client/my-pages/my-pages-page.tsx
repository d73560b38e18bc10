import { useLocation } from '@solidjs/router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { formatDay } from '#client/i18n/format.ts'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { lazyDialog } from '#client/ui/lazy-dialog.tsx'
import { Empty, ListState, StoredNote } from '#client/ui/list-state.tsx'
import { Page } from '#client/ui/page.tsx'
import { asksOf } from '#shared/bonds/asked.ts'
import { isOpen, type Bond } from '#shared/bonds/model.ts'
import type { OwnBondEntry, OwnPayerEntry } from '#shared/documents/entries.ts'
import { MyAsk } from './my-ask.tsx'
import { MyPayer } from './my-payer.tsx'
import { MyRelation } from './my-relation.tsx'
import { MyUnderway } from './my-underway.tsx'

const AskDialog = lazyDialog(async () => (await import('./ask-dialog.tsx')).AskDialog)

/** Mina sidor: what waits for my answer, who sees what of me, who pays for me (IS-109). */
export function MyPagesPage() {
  const house = useHouse()
  const came = useLocation<{ readonly draft?: string; readonly ask?: string }>().state
  const draft = came?.draft ?? null
  const [asking, setAsking] = createSignal(draft !== null || came?.ask !== undefined)
  const own = createMemo(() =>
    house
      .rows('me')()
      .filter((row): row is OwnBondEntry => row.kind === 'own'),
  )
  const me = () => house.session().person.id
  const asks = createMemo(() => own().filter((entry) => asksOf(entry.bond, me())))
  const relations = createMemo(() =>
    own().filter((entry) => entry.bond.type !== 'billing' && isOpen(entry.bond) && !asksOf(entry.bond, me())),
  )
  const waitingBilling = createMemo(() =>
    own().filter(
      (entry) =>
        entry.bond.type === 'billing' && entry.bond.state === 'proposed' && !asksOf(entry.bond, me()),
    ),
  )
  const history = createMemo(() =>
    own().filter((entry) => entry.bond.follows === null && !isOpen(entry.bond)),
  )
  const payer = createMemo(() =>
    house
      .rows('me')()
      .find((row): row is OwnPayerEntry => row.kind === 'payer'),
  )
  return (
    <Page
      title={t('my.title')}
      actions={
        <button type="button" class="button" onClick={() => setAsking(true)}>
          {t('my.askEmployer')}
        </button>
      }
    >
      <StoredNote view="me" />
      <MyUnderway />
      <ListState view="me">
        <section class="stack" aria-labelledby="my-asks">
          <h2 id="my-asks">{t('my.asks')}</h2>
          <Show when={asks().length > 0} fallback={<p class="soft">{t('my.noAsks')}</p>}>
            <div class="columns">
              <For each={asks()}>{(entry) => <MyAsk entry={entry} />}</For>
            </div>
          </Show>
        </section>
        <section class="stack" aria-labelledby="my-relations">
          <h2 id="my-relations">{t('my.relations')}</h2>
          <Show
            when={relations().length + waitingBilling().length > 0}
            fallback={<Empty icon="Handshake" title={t('my.noRelations')} text={t('my.noRelationsText')} />}
          >
            <div class="columns">
              <For each={[...relations(), ...waitingBilling()]}>
                {(entry) => <MyRelation entry={entry} />}
              </For>
            </div>
          </Show>
        </section>
        <Show when={payer()}>{(entry) => <MyPayer entry={entry()} />}</Show>
        <Show when={history().length > 0}>
          <details class="card">
            <summary>{t('my.history')}</summary>
            <ul class="plain-list">
              <For each={history()}>
                {(entry) => (
                  <li class="line-apart">
                    <span>
                      {entry.other.name}, {t(`bond.${entry.bond.type}`)}
                    </span>
                    <span class="soft small">{pastText(entry.bond)}</span>
                  </li>
                )}
              </For>
            </ul>
          </details>
        </Show>
      </ListState>
      <Show when={asking()}>
        <AskDialog
          draft={draft}
          about={own().find((entry) => entry.bond.id === came?.ask) ?? null}
          onClose={() => setAsking(false)}
        />
      </Show>
    </Page>
  )
}

function pastText(bond: Bond): string {
  switch (bond.state) {
    case 'declined':
      return t('my.state.declined', { date: formatDay(bond.answeredAt.slice(0, 10)) })
    case 'withdrawn':
      return t('my.state.withdrawn', { date: formatDay(bond.withdrawnAt.slice(0, 10)) })
    case 'expired':
      return t('my.state.expired', { date: formatDay(bond.expiredAt.slice(0, 10)) })
    case 'ended':
      return t('my.state.ended', { date: formatDay(bond.validTo) })
    case 'proposed':
    case 'confirmed':
    case 'ending':
    case 'frozen':
      return ''
  }
}
