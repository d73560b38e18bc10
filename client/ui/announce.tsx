import { createSignal } from 'solid-js'

const [words, setWords] = createSignal('')

/** Says something to those who listen instead of look. The same words twice are said twice. */
export function announce(text: string): void {
  setWords('')
  queueMicrotask(() => setWords(text))
}

export function LiveRegion() {
  return (
    <output class="visually-hidden" aria-live="polite">
      {words()}
    </output>
  )
}
