import { createMemo, For, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { proposalOf } from '#client/waiting/command-text.ts'
import { WaitingHere } from '#client/waiting/record-actions.tsx'

/** My own requests that have not become rows yet. */
export function MyUnderway() {
  const house = useHouse()
  const items = createMemo(() => {
    const known = new Set<string>()
    for (const row of house.rows('me')()) if ('bond' in row) known.add(row.bond.id)
    return house.outbox().flatMap((item) => {
      const proposal = proposalOf(item)
      const open = item.state === 'queued' || item.state === 'sending' || item.state === 'accepted'
      const mine = item.command.as === house.session().person.id
      return open && mine && proposal !== undefined && !known.has(proposal.id) ? [{ item, proposal }] : []
    })
  })
  return (
    <Show when={items().length > 0}>
      <ul class="stack-tight">
        <For each={items()}>
          {(each) => (
            <li class="note pending">
              <Icon name="Hourglass" />
              <div class="line-apart">
                <span>
                  <strong>{each.item.label}</strong>{' '}
                  {t('rel.waiting', { relation: t(`bond.${each.proposal.type}`) })}
                </span>
                <WaitingHere item={each.item} />
              </div>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}
