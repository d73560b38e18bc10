import { createContext, createMemo, useContext, type Accessor, type JSX } from 'solid-js'
import type { OutboxItem } from '#client/core/house.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { must } from '#shared/kernel/must.ts'

interface Waiting {
  /** The newest command about a record that has not had its effect yet, or was refused and not read. */
  readonly about: (record: string) => OutboxItem | undefined
  readonly unsent: Accessor<readonly OutboxItem[]>
  readonly refused: Accessor<readonly OutboxItem[]>
}

const WaitingContext = createContext<Waiting>()

export function WaitingProvider(props: { readonly children: JSX.Element }) {
  const house = useHouse()
  const byRecord = createMemo(() => {
    const map = new Map<string, OutboxItem>()
    for (const item of house.outbox()) for (const record of item.about) map.set(record, item)
    return map
  })
  const unsent = createMemo(() =>
    house.outbox().filter((item) => item.state === 'queued' || item.state === 'sending'),
  )
  const refused = createMemo(() =>
    house.outbox().filter((item) => item.state === 'refused' || item.state === 'failed'),
  )
  const waiting: Waiting = { about: (record) => byRecord().get(record), unsent, refused }
  return <WaitingContext.Provider value={waiting}>{props.children}</WaitingContext.Provider>
}

export function useWaiting(): Waiting {
  return must(useContext(WaitingContext), 'waiting')
}
