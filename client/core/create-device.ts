import { createSignal } from 'solid-js'
import type { SessionBody } from '#shared/protocol/session-body.ts'
import type { DeviceStore } from '../store/device-store.ts'
import { cancelQueued, removeAnswered } from '../store/outbox-store.ts'
import type { DeviceDeps } from './device-deps.ts'
import { openDeviceParts } from './device-parts.ts'
import type { House, Wish } from './house.ts'
import { beginSigningOut, leaveAccount } from './sign-out.ts'
import { joinTabs } from './tab-among-tabs.ts'

/** A House with what its keeper, and no page, may do. */
export interface Device extends House {
  /** The network may be back, or somebody looks again: ask now. */
  readonly wake: () => void
  /** Writes down what is only in memory; before the page is hidden. */
  readonly save: () => Promise<void>
  readonly updateSession: (session: SessionBody) => void
  /** Lets go of everything but the data. */
  readonly stop: () => void
}

/** The whole plumbing of one tab of one account. `stored` is its store when it is open already, and then `first` came from it. */
export async function createDevice(
  first: SessionBody,
  deps: DeviceDeps,
  stored?: DeviceStore,
): Promise<Device> {
  const [isLeading, setLeading] = createSignal(false)
  const parts = await openDeviceParts(first, deps, isLeading, stored)
  const { account, memory, store, clock, calls, acting, outboxList, connection, roleRows } = parts

  // The rules, their schemas and the number libraries are not needed to draw: fetched after the first paint, and at the
  // latest when something is asked.
  const loadRules = () => import('./dispatch.ts')
  const shown = roleRows.loadAll()
  void shown
    .then(() => deps.afterFirstPaint?.())
    .then(loadRules)
    // Tried again when something is asked; until then nothing is lost.
    .catch(() => undefined)

  const tab = joinTabs({
    parts,
    shown,
    setLeading,
    onLeft: (erased) => {
      stop()
      deps.onLeft?.(erased)
    },
  })

  function stop(): void {
    tab.stop()
    parts.lease.stop()
    store.close()
  }

  async function dispatchAll(wishes: readonly Wish[]) {
    const { dispatchWishes } = await loadRules()
    await roleRows.loadAll()
    const { session, role } = acting
    const answers = await dispatchWishes(
      { store, clock, session, role, facts: roleRows.facts, onFault: deps.onFault },
      wishes,
    )
    if (answers.every(({ ok }) => ok)) {
      await outboxList.refresh()
      tab.tell({ about: 'send' })
      tab.leading()?.send()
      deps.onStored?.()
    }
    return answers
  }

  async function afterOutboxWrite(): Promise<void> {
    await outboxList.refresh()
    tab.tell({ about: 'outbox' })
  }

  return {
    session: acting.session,
    role: acting.role,
    chooseRole: (party) => {
      acting.chooseRole(party)
      tab.tell({ about: 'role', party })
      void roleRows.loadAll().then(() => tab.leading()?.wake(), deps.onFault)
    },
    rows: (view) => () => roleRows.rows(view),
    viewState: (view) => () => roleRows.state(view),
    dispatchAll,
    dispatch: async (wish) => {
      const [answer] = await dispatchAll([wish])
      if (answer === undefined) throw new Error('a wish without an answer')
      return answer
    },
    outbox: outboxList.items,
    cancel: async (commandId) => {
      const cancelled = await cancelQueued(store, commandId)
      await afterOutboxWrite()
      return cancelled
    },
    acknowledge: async (commandId) => {
      await removeAnswered(store, commandId)
      await afterOutboxWrite()
    },
    connection: connection.connection,
    facts: roleRows.facts,
    signOut: async (everywhere) => {
      beginSigningOut(memory, account, everywhere)
      tab.tell({ about: 'left' })
      stop()
      await leaveAccount(memory, calls, account, deps)
      deps.onLeft?.(true)
    },
    wake: () => {
      connection.look()
      tab.leading()?.wake()
      tab.leading()?.send()
    },
    save: async () => {
      await tab.leading()?.save()
    },
    updateSession: (session) => {
      acting.setSession(session)
      clock.heard(session.now)
      parts.keepSession(session)
      tab.leading()?.wake()
    },
    stop,
  }
}
