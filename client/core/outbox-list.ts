import { createSignal, type Accessor } from 'solid-js'
import type { DeviceStore } from '../store/device-store.ts'
import { readOutbox } from '../store/outbox-store.ts'
import type { StoredCommand } from '../store/stored-types.ts'

/** The outbox as it stands on disk, for pages; an item that did not change stays the same object. */
export interface OutboxList {
  readonly items: Accessor<readonly StoredCommand[]>
  readonly refresh: () => Promise<void>
}

export function createOutboxList(store: DeviceStore): OutboxList {
  const [items, setItems] = createSignal(store.first.outbox)
  let latest = 0
  return {
    items,
    refresh: async () => {
      latest += 1
      const mine = latest
      const read = await readOutbox(store)
      // A later reading has seen more; this one must not cover it.
      if (mine !== latest) return
      const before = new Map(items().map((item) => [item.command.id, item]))
      setItems(
        read.map((item) => {
          const known = before.get(item.command.id)
          return known?.state === item.state && known.answeredAt === item.answeredAt ? known : item
        }),
      )
    },
  }
}
