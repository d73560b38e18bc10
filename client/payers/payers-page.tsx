import { createMemo, createSignal, For, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { lazyDialog } from '#client/ui/lazy-dialog.tsx'
import { Empty, ListState, StoredNote } from '#client/ui/list-state.tsx'
import { Page } from '#client/ui/page.tsx'
import { payerLists, unusedOf, type PayerLists } from './payer-lists.ts'
import { PayerOffers } from './payer-offers.tsx'
import { PayerRequests } from './payer-requests.tsx'
import { PayerRows, type PayerLine } from './payer-rows.tsx'

const EditDialog = lazyDialog(async () => (await import('./edit-dialog.tsx')).EditDialog)

/** Fakturamottagare: whom the organisation I act for pays for (IS-91…IS-107). */
export function PayersPage() {
  const house = useHouse()
  const lists = createMemo(() => payerLists(house.rows('payers')(), house.role().party))
  const [editing, setEditing] = createSignal(false)
  const none = () =>
    lists().direct.length === 0 &&
    lists().via.length === 0 &&
    lists().takenOver.length === 0 &&
    lists().requests.length === 0 &&
    lists().offers.length === 0
  return (
    <Page
      title={t('payers.title')}
      actions={
        <button type="button" class="button primary caps" onClick={() => setEditing(true)}>
          {t('payers.edit')}
        </button>
      }
    >
      <StoredNote view="payers" />
      <ListState view="payers">
        <PayerRequests requests={lists().requests} />
        <PayerOffers offers={lists().offers} />
        <Show
          when={!none()}
          fallback={<Empty icon="Receipt" title={t('payers.empty')} text={t('payers.emptyText')} />}
        >
          <Show when={house.role().tier === 'BO'} fallback={<CompanyBlocks lists={lists()} />}>
            <BrokerBlock lists={lists()} />
          </Show>
        </Show>
      </ListState>
      <Show when={editing()}>
        <EditDialog direct={lists().direct} via={lists().via} onClose={() => setEditing(false)} />
      </Show>
    </Page>
  )
}

/** A company: those it pays for itself, and those its organisation has taken over. */
function CompanyBlocks(props: { readonly lists: PayerLists }) {
  const house = useHouse()
  return (
    <>
      <Show when={props.lists.direct.length > 0}>
        <Block
          summary={t('bill.summary', { company: house.role().name, n: props.lists.direct.length })}
          unused={unusedOf(props.lists.direct)}
          lines={props.lists.direct.map((row) => ({ kind: 'direct', row }))}
        />
      </Show>
      <For each={props.lists.takenOver}>
        {(group) => (
          <Block
            summary={t('bill.viaorg', { company: house.role().name, org: group.name, n: group.used })}
            unused={0}
            lines={group.rows.map((row) => ({ kind: 'direct', row }))}
          />
        )}
      </For>
    </>
  )
}

/** A broker organisation: its own, then each member company's people under "Genom {company}:" (IS-101, IS-102). */
function BrokerBlock(props: { readonly lists: PayerLists }) {
  const house = useHouse()
  const all = () => [...props.lists.direct, ...props.lists.via.flatMap((group) => group.rows)]
  const lines = (): readonly PayerLine[] => [
    ...props.lists.direct.map((row) => ({ kind: 'direct', row }) as const),
    ...props.lists.via.flatMap((group): readonly PayerLine[] => [
      { kind: 'head', text: t('bill.via', { company: group.name }) },
      ...group.rows.map((row) => ({ kind: 'via', row }) as const),
    ]),
  ]
  return (
    <Show when={all().length > 0}>
      <Block
        summary={t('bill.org.summary', {
          org: house.role().name,
          m: props.lists.via.length,
          n: all().length,
        })}
        unused={unusedOf(all())}
        lines={lines()}
      />
    </Show>
  )
}

/** The sentence, and the names behind "Visa". */
function Block(props: {
  readonly summary: string
  readonly unused: number
  readonly lines: readonly PayerLine[]
}) {
  const [open, setOpen] = createSignal(false)
  return (
    <section class="card">
      <div class="line-apart">
        <p>
          {props.summary}
          <Show when={props.unused > 0}>
            {' '}
            <span class="soft">{t('bill.ofWhichUnused', { n: props.unused })}</span>
          </Show>
        </p>
        <button type="button" class="button" aria-expanded={open()} onClick={() => setOpen((now) => !now)}>
          {open() ? t('common.hide') : t('common.show')}
        </button>
      </div>
      <Show when={open()}>
        <PayerRows lines={props.lines} />
      </Show>
    </section>
  )
}
