import type { SessionBody } from '#shared/protocol/session-body.ts'
import { openBrowserMemory } from '../store/browser-memory.ts'
import type { DeviceStore } from '../store/device-store.ts'
import { afterFirstPaint } from './after-first-paint.ts'
import { createDevice, type Device } from './create-device.ts'
import type { DeviceDeps } from './device-deps.ts'

/** A device made of this browser's own parts. */
export function browserDeps(onFault: (fault: unknown) => void): DeviceDeps {
  return {
    fetch: (...request) => fetch(...request),
    WebSocket,
    indexedDB,
    IDBKeyRange,
    origin: location.origin,
    clock: { nowMs: () => Date.now() },
    locks: navigator.locks,
    openChannel: (name) => new BroadcastChannel(name),
    memory: openBrowserMemory(localStorage),
    isOnline: () => navigator.onLine,
    afterFirstPaint,
    onStored: wishToBeWoken,
    onLeft: (erased) => {
      // A fresh page: nothing of the account stays in this one's memory, and the service worker, which the sign-out's
      // Clear-Site-Data has taken too, is registered again.
      if (erased) location.replace('/')
    },
    onFault,
  }
}

/** One House per signed-in account, kept awake by what the browser tells. `close` gives all of it back. */
export async function openHouse(
  session: SessionBody,
  deps: DeviceDeps,
  stored?: DeviceStore,
): Promise<{ readonly house: Device; readonly close: () => void }> {
  const house = await createDevice(session, deps, stored)
  const listening = new AbortController()
  const { signal } = listening
  const wake = () => house.wake()
  addEventListener('online', wake, { signal })
  addEventListener('offline', wake, { signal })
  addEventListener('focus', wake, { signal })
  addEventListener('pagehide', () => void house.save().catch(deps.onFault), { signal })
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') wake()
      else void house.save().catch(deps.onFault)
    },
    { signal },
  )
  // The service worker was woken by the browser: the network is back.
  navigator.serviceWorker?.addEventListener('message', ({ data }) => {
    if (!signal.aborted && (data as { type?: string } | null)?.type === 'send-outbox') wake()
  })
  return {
    house,
    close: () => {
      listening.abort()
      house.stop()
    },
  }
}

let askedToStay = false

/** Something cannot be fetched from anywhere else now: ask the browser to keep it, and to wake us when there is a network. */
function wishToBeWoken(): void {
  if (!askedToStay) {
    askedToStay = true
    void navigator.storage?.persist?.().catch(() => false)
  }
  // Only in Chromium; the others send at online, focus and visibility.
  void navigator.serviceWorker?.ready
    .then((registration) =>
      (registration as { sync?: { register: (tag: string) => Promise<void> } }).sync?.register('outbox'),
    )
    .catch(() => undefined)
}
