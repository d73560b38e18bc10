import { createSignal, type Accessor } from 'solid-js'
import type { SessionBody } from '#shared/protocol/session-body.ts'
import { makePassingMemory, type BrowserMemory } from '../store/browser-memory.ts'
import { openDeviceStore, StoreClosedFault, type DeviceStore } from '../store/device-store.ts'
import { openRoleDocuments, type RoleDocuments } from '../sync/role-documents.ts'
import { makeServerCalls, type ServerCalls } from '../sync/server-calls.ts'
import { createActingRole, type ActingRole } from './acting-role.ts'
import { createConnection, type ConnectionState } from './connection.ts'
import { makeDeviceClock, type DeviceClock } from './device-clock.ts'
import type { DeviceDeps } from './device-deps.ts'
import { keepLease, type LeaseKeeper } from './device-lease.ts'
import { createOutboxList, type OutboxList } from './outbox-list.ts'
import { createRoleRows, type RoleRows } from './role-rows.ts'

/** What every tab of an account has, whether it leads or follows. */
export interface DeviceParts {
  readonly account: string
  readonly deps: DeviceDeps
  readonly memory: BrowserMemory
  readonly store: DeviceStore
  readonly clock: DeviceClock
  readonly calls: ServerCalls
  readonly documents: RoleDocuments
  readonly acting: ActingRole
  readonly outboxList: OutboxList
  readonly connection: ConnectionState
  readonly roleRows: RoleRows
  readonly lease: LeaseKeeper
  readonly keepSession: (session: SessionBody) => void
}

/** Opens them. On the way to the first drawing: what that needs was read when the store was opened, and no write is waited for. */
export async function openDeviceParts(
  first: SessionBody,
  deps: DeviceDeps,
  isLeading: Accessor<boolean>,
  stored: DeviceStore | undefined,
): Promise<DeviceParts> {
  const { account } = first
  const memory = deps.memory ?? makePassingMemory()
  const store = stored ?? (await openDeviceStore(account, deps))
  const documents = openRoleDocuments(store, deps.onFault)
  const outboxList = createOutboxList(store)
  const lastContact = store.first.meta.get('lastContact')
  const clock = makeDeviceClock(deps.clock.nowMs, typeof lastContact === 'string' ? lastContact : null)
  // A stored session is old news; what the server has said since is not undone by it.
  clock.heard(first.now)
  const acting = createActingRole(first, memory, documents.rowSet(`me/${account}`).rows)
  const connection = createConnection(deps.isOnline ?? (() => true), clock)
  const roleRows = createRoleRows({
    store,
    documents,
    session: acting.session,
    role: acting.role,
    onFault: deps.onFault,
    isLeading,
    leaderIsLive: () => connection.contact() === 'live',
    afterPaint: deps.afterFirstPaint ?? (() => Promise.resolve()),
    prepareRows: deps.prepareRows,
  })
  function keepSession(session: SessionBody): void {
    void store.setMeta('session', session).catch((fault: unknown) => {
      if (!(fault instanceof StoreClosedFault)) deps.onFault(fault)
    })
  }
  if (stored === undefined) keepSession(first)
  const lease = keepLease(store, deps.clock.nowMs, () => deps.onLapsed?.(), deps.onFault)
  // A session that does not come from the disk comes from the server, just now.
  if (stored === undefined) lease.renew()
  const calls = makeServerCalls(deps, account)
  return {
    account,
    deps,
    memory,
    store,
    clock,
    calls,
    documents,
    acting,
    outboxList,
    connection,
    roleRows,
    lease,
    keepSession,
  }
}

/** The parties this device keeps documents of, the one acted for first. */
export interface PartiesHere {
  readonly list: () => readonly string[]
  /** Acted for in another tab. */
  readonly add: (party: string) => void
}

export function createPartiesHere({
  acting,
  documents,
  outboxList,
}: Pick<DeviceParts, 'acting' | 'documents' | 'outboxList'>): PartiesHere {
  const [otherTabs, setOtherTabs] = createSignal<readonly string[]>([])
  // Also a role that has been lost, as long as something of it is here: the server says what must go.
  const holds = (party: string) => documents.documentsOf(party).some(({ view }) => view !== 'me')
  return {
    add: (party) => setOtherTabs([...new Set([...otherTabs(), party])]),
    list: () => {
      const mine = new Set(acting.session().roles.map(({ party }) => party))
      const present = acting.role().party
      const commands = outboxList.items().map(({ command }) => command.as)
      const wanted = new Set([present, ...otherTabs(), ...documents.parties(), ...commands])
      return [...wanted].filter((party) => party === present || mine.has(party) || holds(party))
    },
  }
}
