import { createSignal } from 'solid-js'

const query = typeof matchMedia === 'undefined' ? undefined : matchMedia('(max-width: 47.99rem)')
const [narrow, setNarrow] = createSignal(query?.matches ?? false)
query?.addEventListener('change', (event) => setNarrow(event.matches))

/** Whether this is a phone's width: there numbers are masked until asked for (CC-8). */
export const isNarrow = narrow
