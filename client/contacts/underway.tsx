import { createMemo, For, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { proposalOf } from '#client/waiting/command-text.ts'
import { WaitingHere } from '#client/waiting/record-actions.tsx'

/** Requests made on this device that have not become rows of the list yet: they wait for the network, or for the answer. */
export function Underway() {
  const house = useHouse()
  const known = () => {
    const ids = new Set<string>()
    for (const view of ['contacts', 'base'] as const) {
      for (const row of house.rows(view)()) if ('bond' in row) ids.add(row.bond.id)
    }
    return ids
  }
  const asked = createMemo(() =>
    house.outbox().filter((item) => {
      const open = item.state === 'queued' || item.state === 'sending' || item.state === 'accepted'
      if (!open || item.command.as !== house.role().party) return false
      return (proposalOf(item)?.type ?? 'billing') !== 'billing'
    }),
  )
  const items = createMemo(() => {
    // Mostly none, and then thousands of rows need not be looked through.
    if (asked().length === 0) return []
    const rows = known()
    return asked().filter((item) => !rows.has(proposalOf(item)?.id ?? ''))
  })
  return (
    <Show when={items().length > 0}>
      <ul class="stack-tight">
        <For each={items()}>
          {(item) => (
            <li class="note pending">
              <Icon name="Hourglass" />
              <div class="line-apart">
                <span>
                  <strong>{item.label}</strong>{' '}
                  {t('rel.waiting', { relation: relation(proposalOf(item)?.type) })}
                </span>
                <WaitingHere item={item} />
              </div>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

function relation(type: NonNullable<ReturnType<typeof proposalOf>>['type'] | undefined): string {
  return type === undefined ? '' : t(`bond.${type}`)
}
