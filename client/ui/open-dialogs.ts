import { createSignal } from 'solid-js'

const [count, setCount] = createSignal(0)

/** While somebody is in the middle of something, nothing may reload the page under them. */
export function isSomethingOpen(): boolean {
  return count() > 0
}

/** Counts one more open dialog; call the answer when it closes. */
export function countOpen(): () => void {
  setCount((open) => open + 1)
  return () => setCount((open) => open - 1)
}
