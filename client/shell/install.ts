import { createSignal } from 'solid-js'

interface InstallPrompt extends Event {
  readonly prompt: () => Promise<unknown>
}

const [prompt, setPrompt] = createSignal<InstallPrompt | undefined>()

// The browser offers once, early; who asks later must have kept the offer.
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  setPrompt(event as InstallPrompt)
})
addEventListener('appinstalled', () => setPrompt(undefined))

export const canInstall = () => prompt() !== undefined

export async function install(): Promise<void> {
  await prompt()?.prompt()
  setPrompt(undefined)
}

/** True where the app can be put on the home screen only by hand (iOS), and has not been. */
export function needsInstallHint(): boolean {
  return /iPhone|iPad/.test(navigator.userAgent) && !matchMedia('(display-mode: standalone)').matches
}
