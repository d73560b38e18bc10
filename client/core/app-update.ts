/// <reference types="vite-plugin-pwa/vanillajs" />
import { createSignal, type Accessor } from 'solid-js'
import { registerSW } from 'virtual:pwa-register'

const hourMs = 60 * 60_000
const reloadedKey = 'handslag:reloaded'

export interface AppUpdate {
  /** A new version is here and waits until the person says so. */
  readonly updateReady: Accessor<boolean>
  readonly applyUpdate: () => Promise<void>
}

/** Registers the service worker and looks for a new version, every hour and when the page is looked at again. */
export function watchForUpdates(onFault: (fault: unknown) => void): AppUpdate {
  const [updateReady, setUpdateReady] = createSignal(false)
  const update = registerSW({
    onNeedRefresh: () => setUpdateReady(true),
    onRegisterError: onFault,
    onRegisteredSW: (_url, registration) => {
      if (registration === undefined) return
      // Without a network there is nothing to find, and nothing wrong.
      const look = () => {
        if (navigator.onLine) void registration.update().catch(() => undefined)
      }
      setInterval(look, hourMs)
      addEventListener('focus', look)
    },
  })
  return { updateReady, applyUpdate: () => update(true) }
}

/**
 * A page of an older version asks for a part that the server no longer has: the newer version is one reload away. Once, for if
 * it happens again the part is missing for another reason.
 */
export function reloadOnMissingPart(): void {
  addEventListener('vite:preloadError', (event) => {
    // Without a network the part is only not here yet, and a reload could lose the page as well.
    if (!navigator.onLine) return
    try {
      if (sessionStorage.getItem(reloadedKey) !== null) return
      sessionStorage.setItem(reloadedKey, '1')
    } catch {
      return
    }
    event.preventDefault()
    location.reload()
  })
  // Standing for a minute: the next missing part is news again.
  setTimeout(() => {
    try {
      sessionStorage.removeItem(reloadedKey)
    } catch {
      return
    }
  }, 60_000)
}
