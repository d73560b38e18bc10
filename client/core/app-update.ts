/// <reference types="vite-plugin-pwa/vanillajs" />
import { createSignal, type Accessor } from 'solid-js'

const hourMs = 60 * 60_000
const reloadedKey = 'handslag:reloaded'

export interface AppUpdate {
  /** A new version is here and waits until the person says so. */
  readonly updateReady: Accessor<boolean>
  readonly applyUpdate: () => Promise<void>
}

/**
 * Registers the service worker and looks for a new version, every hour and when the page is looked at again. Begins `after`
 * something stands on the screen, for the start has no time for it.
 */
export function watchForUpdates(after: Promise<void>, onFault: (fault: unknown) => void): AppUpdate {
  const [updateReady, setUpdateReady] = createSignal(false)
  let update: ((reload?: boolean) => Promise<void>) | undefined
  async function register(): Promise<void> {
    const { registerSW } = await import('virtual:pwa-register')
    update = registerSW({
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
  }
  void after.then(register).catch(onFault)
  return { updateReady, applyUpdate: async () => update?.(true) }
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
