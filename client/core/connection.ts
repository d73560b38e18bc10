import { createSignal, type Accessor } from 'solid-js'
import type { Contact } from '../sync/open-documents.ts'
import type { DeviceClock } from './device-clock.ts'
import type { Connection } from './house.ts'

/** How it stands with the server, put together from what the device says and what the sync has met. */
export interface ConnectionState {
  readonly connection: Accessor<Connection>
  readonly contact: Accessor<Contact>
  readonly set: (contact: Contact) => void
  readonly setLeading: (leading: boolean) => void
  /** The device may have gone on or off the network, or the server was heard. */
  readonly look: () => void
}

/** A page that shows "last contact" needs it to the half minute, not to the message. */
const heardGapMs = 30_000

export function createConnection(isOnline: () => boolean, clock: DeviceClock): ConnectionState {
  const [contact, setContact] = createSignal<Contact>('connecting')
  const [leading, setLeading] = createSignal(false)
  const [online, setOnline] = createSignal(isOnline())
  const [lastContact, setLastContact] = createSignal(clock.lastHeard())
  let last: Connection | undefined

  function look(): void {
    setOnline(isOnline())
    const heard = clock.lastHeard()
    const shown = lastContact()
    if (heard === null) return
    if (shown === null || Date.parse(heard) - Date.parse(shown) >= heardGapMs) setLastContact(heard)
  }

  return {
    contact,
    set: (next) => {
      look()
      setContact(next)
    },
    setLeading,
    look,
    connection: () => {
      const met = contact()
      // Only what is not working can be blamed on the network: a browser may call itself offline beside a local server.
      const state = !online() && (met === 'unreachable' || met === 'connecting') ? 'offline' : met
      const next: Connection = { state, lastContact: lastContact(), leading: leading() }
      const same =
        last?.state === state && last.lastContact === next.lastContact && last.leading === next.leading
      last = same && last !== undefined ? last : next
      return last
    },
  }
}
