import type { Entry } from '#shared/documents/entries.ts'
import type { BrowserMemory } from '../store/browser-memory.ts'
import type { StoreDeps } from '../store/device-store.ts'
import type { ServerCallDeps } from '../sync/server-calls.ts'
import type { OpenChannel } from '../sync/tab-notices.ts'

/** What a device stands on. A browser gives its globals; a test gives its own, and runs many devices in one process. */
export interface DeviceDeps extends StoreDeps, ServerCallDeps {
  readonly WebSocket: new (url: string) => WebSocket
  readonly clock: { readonly nowMs: () => number }
  /** Without locks and channels the device has one tab, and it leads. */
  readonly locks?: Pick<LockManager, 'request'>
  readonly openChannel?: OpenChannel
  readonly memory?: BrowserMemory
  readonly isOnline?: () => boolean
  /** Yjs is fetched and the server asked when this resolves. */
  readonly afterFirstPaint?: () => Promise<void>
  /** Something waits: the browser may wake us when the network is back. */
  readonly onStored?: () => void
  /** The session is over, here or by the server; `erased` tells whether the data is. */
  readonly onLeft?: (erased: boolean) => void
  /** Too long without a word from the server: what is here may no longer be shown. */
  readonly onLapsed?: () => void
  readonly random?: () => number
  /** Which rows of a long view are drawn first at the next start; without it, the first as they come. */
  readonly firstRows?: (view: string, rows: readonly Entry[]) => readonly Entry[]
  /** Makes ready what pages will ask of each row, some rows at a time while a long view is read; may put them in order. */
  readonly prepareRows?: ((rows: readonly Entry[]) => readonly Entry[]) | undefined
  /** A bug or a broken machine; the house goes on. */
  readonly onFault: (fault: unknown) => void
}
