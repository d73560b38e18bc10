/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the list keeps each line it draws in a div of its own, which a <table> or <ul> may not hold */
import { createMemo, For, onCleanup, onMount, Show, untrack, type Accessor } from 'solid-js'
import { WindowVirtualizer } from 'virtua/solid'
import { t } from '#client/i18n/t.ts'
import { Icon } from '#client/ui/icons.tsx'
import { CompanyLine } from './company-line.tsx'
import { createContactActs, type ContactActs } from './contact-acts.tsx'
import { ContactLine } from './contact-line.tsx'
import { createLineKeys, type LineKeys } from './line-keys.ts'
import type { ListItem } from './list-items.ts'
import type { Hits } from './row-search.ts'

const rowHeight = 52
/** What stands above the list takes at least so much of the window. */
const leastAbove = 200

/**
 * How many lines the list draws before it has measured the window: measuring first would cost the first drawing a frame. It
 * keeps to them until the window is scrolled, so a window that grows before that is nudged.
 */
function linesAtStart(): number {
  const height = innerHeight
  const nudge = () => {
    if (scrollY > 0) removeEventListener('resize', nudge)
    else if (innerHeight > height) scrollBy(0, 1)
  }
  onMount(() => addEventListener('resize', nudge))
  onCleanup(() => removeEventListener('resize', nudge))
  return Math.max(1, Math.ceil((height - leastAbove) / rowHeight))
}

/** A table of any length: only the lines in sight exist, and each says which of all it is. */
export function ContactTable(props: {
  readonly items: Hits<ListItem>
  /** What the items were searched by. */
  readonly query: string
  readonly falling: boolean
  readonly onTurn: () => void
}) {
  const columns = () => [
    t('contacts.number'),
    t('contacts.address'),
    t('contacts.email'),
    t('contacts.relation'),
    t('contacts.actions'),
  ]
  const lineKeys = createLineKeys()
  const { acts, Dialogs } = createContactActs()
  // While someone types in the search, lines stay and only their words change. Otherwise a line is one person's: neither focus nor
  // a half-made press may end up with another.
  const keys = createMemo<{ readonly query: string; readonly keys: readonly number[] }>((before) => {
    const { items, query } = props
    const typing = before?.query !== query && document.activeElement?.matches('input[type=search]') === true
    const ids = { length: items.length, at: (place: number) => items.at(place)?.id ?? '' }
    return { query, keys: typing ? lineKeys.byPlace(items.length) : lineKeys.byPerson(ids) }
  })
  return (
    <>
      <div class="table" role="table" aria-label={t('contacts.title')} aria-rowcount={props.items.length + 1}>
        <div class="thead" role="rowgroup">
          <div class="tr" role="row" aria-rowindex={1}>
            <span role="columnheader" aria-sort={props.falling ? 'descending' : 'ascending'}>
              <button
                type="button"
                class="sort"
                title={props.falling ? t('contacts.sortDown') : t('contacts.sortUp')}
                onClick={() => props.onTurn()}
              >
                {t('contacts.name')}
                <Icon name={props.falling ? 'ArrowDown' : 'ArrowUp'} />
              </button>
            </span>
            <For each={columns()}>
              {(column, index) => (
                <span role="columnheader">
                  <span classList={{ 'visually-hidden': index() === 4 }}>{column}</span>
                </span>
              )}
            </For>
          </div>
        </div>
        <div role="rowgroup">
          <WindowVirtualizer data={keys().keys} itemSize={rowHeight} ssrCount={linesAtStart()}>
            {(key, index) => <Line items={props.items} place={index} key={key} keys={lineKeys} acts={acts} />}
          </WindowVirtualizer>
        </div>
      </div>
      <Dialogs />
    </>
  )
}

function Line(props: {
  readonly items: Hits<ListItem>
  readonly place: Accessor<number>
  readonly key: number
  readonly keys: LineKeys
  readonly acts: ContactActs
}) {
  const key = untrack(() => props.key)
  const item = createMemo<ListItem | undefined>((before) => {
    const now = props.items.at(props.place()) ?? before
    if (now !== undefined) props.keys.shows(key, now.id)
    return now
  })
  onCleanup(() => props.keys.gone(key))
  const company = () => {
    const now = item()
    return now?.kind === 'membership' ? now : null
  }
  const person = () => {
    const now = item()
    return now === undefined || now.kind === 'membership' ? null : now
  }
  return (
    <>
      <Show when={person()}>
        {(entry) => <ContactLine entry={entry()} index={props.place() + 2} acts={props.acts} />}
      </Show>
      <Show when={company()} keyed>
        {(entry) => <CompanyLine entry={entry} index={props.place() + 2} />}
      </Show>
    </>
  )
}
