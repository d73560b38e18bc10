import { createSignal } from 'solid-js'
import { afterFirstPaint } from '#client/core/after-first-paint.ts'

const [painted, setPainted] = createSignal(false)
let asked = false

/** For what the first drawing can do without: a formatter of dates costs as much to make as all its rows to draw. */
export function isPainted(): boolean {
  if (!asked) {
    asked = true
    void afterFirstPaint().then(() => setPainted(true))
  }
  return painted()
}
