// The app shell, and nothing else: no answer of the server's is ever kept here, and no account is known here.
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
  type PrecacheEntry,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] }

/** Background Sync is Chromium's alone and not in the types. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

const outboxTag = 'outbox'

// oxlint-disable-next-line no-underscore-dangle -- the name under which the build puts the list
precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()

// What the server answers itself must not be answered with the app.
const serverPaths = [
  /^\/api(\/|$)/,
  /^\/sync(\/|$)/,
  /^\/dev(\/|$)/,
  /^\/healthz$/,
  /^\/readyz$/,
  /^\/register(\/|$)/,
]
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: serverPaths }))

self.addEventListener('message', ({ data }) => {
  // Only when the person says so: a new version under an open form loses what is typed.
  if ((data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting()
})

self.addEventListener('sync', (event) => {
  const { tag } = event as SyncEvent
  if (tag === outboxTag) (event as SyncEvent).waitUntil(wakePages())
})

/** The pages send; the worker has neither the commands nor the right to speak for anybody. */
async function wakePages(): Promise<void> {
  for (const page of await self.clients.matchAll({ type: 'window' }))
    page.postMessage({ type: 'send-outbox' })
}
