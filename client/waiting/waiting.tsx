import {
  createContext,
  createEffect,
  createMemo,
  createSignal,
  onCleanup,
  useContext,
  type Accessor,
  type JSX,
} from 'solid-js'
import type { OutboxItem } from '#client/core/house.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { must } from '#shared/kernel/must.ts'

interface Waiting {
  /** The newest command about a record that has not had its effect yet, or was refused and not read. */
  readonly about: (record: string) => OutboxItem | undefined
  readonly unsent: Accessor<readonly OutboxItem[]>
  readonly refused: Accessor<readonly OutboxItem[]>
  /** Something has waited longer than a sending takes: there is no way to the server, whatever the device believes. */
  readonly stuck: Accessor<boolean>
}

/** A sending that takes longer is told as waiting. Shorter than this, a word that flickers past helps nobody. */
const sendingMs = 1500

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
  const anyUnsent = createMemo(() => unsent().length > 0)
  const [late, setLate] = createSignal(false)
  createEffect(() => {
    if (!anyUnsent()) return
    const timer = setTimeout(() => setLate(true), sendingMs)
    onCleanup(() => {
      clearTimeout(timer)
      setLate(false)
    })
  })
  const away = () => house.connection().state !== 'live'
  const stuck = createMemo(() => anyUnsent() && (away() || late()))
  const waiting: Waiting = { about: (record) => byRecord().get(record), unsent, refused, stuck }
  return <WaitingContext.Provider value={waiting}>{props.children}</WaitingContext.Provider>
}

export function useWaiting(): Waiting {
  return must(useContext(WaitingContext), 'waiting')
}
