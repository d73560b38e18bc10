/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the list keeps each line it draws in a div of its own, which a <table> or <ul> may not hold */
import { For, onCleanup, onMount, Show } from 'solid-js'
import { WindowVirtualizer } from 'virtua/solid'
import { t } from '#client/i18n/t.ts'
import { Icon } from '#client/ui/icons.tsx'
import { CompanyLine } from './company-line.tsx'
import { ContactLine } from './contact-line.tsx'
import type { ListItem } from './list-items.ts'

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
  readonly items: readonly ListItem[]
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
  return (
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
        <WindowVirtualizer data={props.items} itemSize={rowHeight} ssrCount={linesAtStart()}>
          {(item, index) => (
            <Show
              when={item.kind === 'company' ? item : null}
              fallback={
                item.kind === 'person' ? <ContactLine entry={item.entry} index={index() + 2} /> : null
              }
            >
              {(company) => <CompanyLine entry={company().entry} index={index() + 2} />}
            </Show>
          )}
        </WindowVirtualizer>
      </div>
    </div>
  )
}
