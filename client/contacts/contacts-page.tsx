import { useLocation } from '@solidjs/router'
import { createMemo, createSignal, Show } from 'solid-js'
import { locale, t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { lazyDialog } from '#client/ui/lazy-dialog.tsx'
import { Empty, ListState, StoredNote } from '#client/ui/list-state.tsx'
import { Note } from '#client/ui/note.tsx'
import { Page } from '#client/ui/page.tsx'
import { proposalOf } from '#client/waiting/command-text.ts'
import { ContactAsks } from './contact-asks.tsx'
import { orderRows, type PersonEntry } from './contact-row.ts'
import { ContactTable } from './contact-table.tsx'
import { contactLists, listItems, type ListItem } from './list-items.ts'
import { createSearch, type Hits } from './row-search.ts'
import { SearchBox } from './search-box.tsx'
import { Underway } from './underway.tsx'

const NewContactDialog = lazyDialog(async () => (await import('./new-contact-dialog.tsx')).NewContactDialog)
const AskMembershipDialog = lazyDialog(
  async () => (await import('#client/overview/ask-membership-dialog.tsx')).AskMembershipDialog,
)

type Adding = { readonly what: 'person' | 'company'; readonly draft: string | null }

/** Mina kontakter: everyone tied to the organisation I act for, or asked to be (IS-39…IS-78). */
export function ContactsPage() {
  const house = useHouse()
  const party = () => house.role().party
  const lists = createMemo(() => contactLists(house.rows('contacts')(), house.rows('base')(), party()))
  const [query, setQuery] = createSignal('')
  const [onlyAwaiting, setOnlyAwaiting] = createSignal(false)
  const [falling, setFalling] = createSignal(false)
  const [adding, setAdding] = createSignal<Adding | null>(useDraft())

  const ordered = createMemo<{ readonly locale: string; readonly rows: readonly PersonEntry[] }>((before) => {
    const now = locale()
    return { locale: now, rows: orderRows(lists().people, before?.locale === now ? before.rows : [], now) }
  })
  const directed = createMemo(() => (falling() ? ordered().rows.toReversed() : ordered().rows))
  const search = createMemo(() => createSearch(directed()))
  const found = createMemo(() => search()(query()))
  const searching = () => query().trim() !== ''
  const itemsOf = (people: Hits<PersonEntry>, searching: boolean): Hits<ListItem> =>
    lists().plain && !onlyAwaiting()
      ? people
      : listItems(people, lists().companies, { onlyAwaiting: onlyAwaiting(), searching, party: party() })
  // Kept while a search goes on: taking it back shows them without counting thousands anew.
  const allItems = createMemo(() => itemsOf(directed(), false))
  const items = createMemo(() => (searching() ? itemsOf(found(), true) : allItems()))
  /** Only the first screens are here yet; how many there are in all is not for guessing. */
  const isBeginning = () => house.viewState('contacts')() === 'beginning'
  const isBroker = () => house.role().tier === 'BO'
  const none = () => lists().people.length === 0 && lists().companies.length === 0

  return (
    <Page
      title={t('contacts.title')}
      actions={
        <>
          <Show when={isBroker()}>
            <button type="button" class="button" onClick={() => setAdding({ what: 'company', draft: null })}>
              {t('contacts.addCompany')}
            </button>
          </Show>
          <button
            type="button"
            class="button primary caps"
            onClick={() => setAdding({ what: 'person', draft: null })}
          >
            {t('contacts.new')}
          </button>
        </>
      }
    >
      <StoredNote view="contacts" />
      <ContactAsks asks={lists().asks} />
      <Underway />
      <ListState view="contacts">
        <Show
          when={!none()}
          fallback={<Empty icon="Users" title={t('contacts.empty')} text={t('contacts.emptyText')} />}
        >
          <Show when={lists().awaiting > 0}>
            <Awaiting n={lists().awaiting} on={onlyAwaiting()} toggle={() => setOnlyAwaiting((on) => !on)} />
          </Show>
          <SearchBox
            query={query()}
            onQuery={setQuery}
            all={isBeginning() ? null : lists().people.length}
            found={onlyAwaiting() ? personsIn(items()) : searching() ? found().length : null}
          />
          <Show
            when={items().length > 0}
            fallback={
              <Empty icon="Search" title={t('contacts.noHits')}>
                <button
                  type="button"
                  class="button caps"
                  onClick={() => {
                    setQuery('')
                    setOnlyAwaiting(false)
                  }}
                >
                  {t('contacts.clear')}
                </button>
              </Empty>
            }
          >
            <ContactTable
              items={items()}
              query={query()}
              falling={falling()}
              onTurn={() => setFalling((now) => !now)}
            />
          </Show>
        </Show>
      </ListState>
      <Show when={adding()} keyed>
        {(now) =>
          now.what === 'company' ? (
            <AskMembershipDialog
              title={t('contacts.addCompany')}
              send={t('contacts.send')}
              draft={now.draft}
              onClose={() => setAdding(null)}
            >
              <Note>
                <p>{t('hint.partial')}</p>
              </Note>
            </AskMembershipDialog>
          ) : (
            <NewContactDialog draft={now.draft} onClose={() => setAdding(null)} />
          )
        }
      </Show>
    </Page>
  )
}

function personsIn(items: Hits<ListItem>): number {
  let count = 0
  for (let place = 0; place < items.length; place += 1) if (items.at(place)?.kind !== 'membership') count += 1
  return count
}

/** "3 förfrågningar väntar på svar från annan part. [Visa]" and the filter it stands for (IS-61, IS-64). */
function Awaiting(props: { readonly n: number; readonly on: boolean; readonly toggle: () => void }) {
  return (
    <div class="line">
      <span class="chip pending">
        <Icon name="Hourglass" />
        {t('await.count', { n: props.n })}
      </span>
      <button type="button" class="button quiet" onClick={() => props.toggle()}>
        {props.on ? t('common.hide') : t('common.show')}
      </button>
      <button type="button" class="button caps" aria-pressed={props.on} onClick={() => props.toggle()}>
        {t('contacts.awaiting')}
      </button>
    </div>
  )
}

/** Came from "Ändra och skicka igen": the refused request to put back into its form. */
function useDraft(): Adding | null {
  const house = useHouse()
  const state = useLocation<{ readonly draft?: string }>().state
  const item = house.outbox().find((each) => each.command.id === state?.draft)
  const proposal = item === undefined ? undefined : proposalOf(item)
  if (item === undefined || proposal === undefined) return null
  return { what: proposal.type === 'org_membership' ? 'company' : 'person', draft: item.command.id }
}
