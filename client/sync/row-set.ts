import { batch, createSignal, type Accessor } from 'solid-js'
import type { Entry } from '#shared/documents/entries.ts'
import type { ViewState } from '../core/house.ts'
import { keyOf, type Snapshot } from '../store/document-store.ts'

/** The rows of one document in memory. A row that did not change stays the same object; the array is new when one did. */
export interface RowSet {
  readonly rows: Accessor<readonly Entry[]>
  readonly state: Accessor<ViewState>
  readonly setState: (state: ViewState) => void
  /** Which write of the document the rows are of; null until some are here. */
  readonly mark: () => { readonly epoch: string; readonly seq: number; readonly version: number } | null
  readonly setMark: (mark: { epoch: string; seq: number; version: number }) => void
  readonly has: (key: string) => boolean
  readonly showSnapshot: (snapshot: Snapshot) => void
  /** The first rows, while nothing else is here; the others follow at once. */
  readonly showHead: (rows: readonly Entry[]) => void
  /** The whole content, by key, as JSON texts. */
  readonly replace: (texts: Iterable<readonly [string, string]>) => void
  /** Only what changed; undefined = the entry is gone. */
  readonly apply: (changed: ReadonlyMap<string, string | undefined>) => void
  readonly erase: (keys: readonly string[]) => void
  /** Nothing of it stays in memory. */
  readonly clear: (state: ViewState) => void
}

/** At most one drawing per frame while updates pour in; the first of them at once. */
const drawingGapMs = 16

export function createRowSet(onFault: (fault: unknown) => void): RowSet {
  let byKey = new Map<string, Entry>()
  let mark: { epoch: string; seq: number; version: number } | null = null
  const [rows, setRows] = createSignal<readonly Entry[]>([])
  const [state, setState] = createSignal<ViewState>('loading')
  let timer: ReturnType<typeof setTimeout> | undefined
  let stale = false

  function draw(): void {
    stale = false
    setRows([...byKey.values()])
  }
  function drawSoon(): void {
    if (timer !== undefined) {
      stale = true
      return
    }
    draw()
    timer = setTimeout(() => {
      timer = undefined
      if (stale) drawSoon()
    }, drawingGapMs)
  }
  function put(key: string, text: string): void {
    try {
      byKey.set(key, JSON.parse(text) as Entry)
    } catch (fault) {
      byKey.delete(key)
      onFault(fault)
    }
  }

  return {
    rows,
    state,
    setState,
    mark: () => mark,
    setMark: (next) => {
      mark = next
    },
    has: (key) => byKey.has(key),
    showSnapshot: ({ rows: entries, byKey: known, epoch, seq, version }) => {
      byKey = keepingUnchanged(byKey, known ?? mapOf(entries))
      mark = { epoch, seq, version }
      batch(() => {
        draw()
        if (state() !== 'live') setState('stored')
      })
    },
    showHead: (entries) => {
      if (mark !== null || byKey.size > 0) return
      byKey = new Map(mapOf(entries))
      batch(() => {
        draw()
        setState('beginning')
      })
    },
    replace: (texts) => {
      const before = byKey
      byKey = new Map()
      for (const [key, text] of texts) {
        put(key, text)
        const known = before.get(key)
        if (known !== undefined && byKey.has(key) && JSON.stringify(known) === text) byKey.set(key, known)
      }
      draw()
    },
    apply: (changed) => {
      for (const [key, text] of changed) {
        if (text === undefined) byKey.delete(key)
        else put(key, text)
      }
      if (changed.size > 0) drawSoon()
    },
    erase: (keys) => {
      let erased = false
      for (const key of keys) erased = byKey.delete(key) || erased
      if (erased) draw()
    },
    clear: (next) => {
      byKey = new Map()
      mark = null
      draw()
      setState(next)
    },
  }
}

function mapOf(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [keyOf(entry), entry]))
}

function keepingUnchanged(
  before: ReadonlyMap<string, Entry>,
  entries: ReadonlyMap<string, Entry>,
): Map<string, Entry> {
  const after = new Map(entries)
  for (const [key, known] of before) {
    const entry = after.get(key)
    if (entry !== undefined && JSON.stringify(known) === JSON.stringify(entry)) after.set(key, known)
  }
  return after
}
