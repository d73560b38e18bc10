import type { Role } from '#shared/access/actor.ts'
import type { Entry } from '#shared/documents/entries.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import type { SessionBody } from '#shared/protocol/session-body.ts'
import type { DeviceStore } from '../store/device-store.ts'
import { headAtStart, readHead, readSnapshot, type Head } from '../store/document-store.ts'
import type { RoleDocuments } from '../sync/role-documents.ts'
import { deviceFacts } from './device-facts.ts'
import type { ViewName, ViewState } from './house.ts'

/** What the role acted for sees, from whatever documents carry it. */
export interface RoleRows {
  readonly rows: (view: ViewName) => readonly Entry[]
  readonly state: (view: ViewName) => ViewState
  readonly facts: () => Facts
  /** Another tab has written a document: shows its snapshot, if it is shown here at all. */
  readonly reload: (name: string) => Promise<void>
  /** Every view of the present role. */
  readonly loadAll: () => Promise<void>
}

export interface RoleRowsDeps {
  readonly store: DeviceStore
  readonly documents: RoleDocuments
  readonly session: () => SessionBody
  readonly role: () => Role
  readonly isLeading: () => boolean
  readonly leaderIsLive: () => boolean
  readonly afterPaint: () => Promise<void>
  readonly prepareRows: ((rows: readonly Entry[]) => readonly Entry[]) | undefined
  readonly onFault: (fault: unknown) => void
}

const views: readonly ViewName[] = ['me', 'base', 'contacts', 'payers']
/** The rest can be as large, is seldom where one starts, and must not stand before the first drawing. */
const firstViews: readonly ViewName[] = ['me', 'base', 'contacts']
const none: readonly Entry[] = []

export function createRoleRows(deps: RoleRowsDeps): RoleRows {
  const { store, documents } = deps
  let last: { readonly parts: readonly (readonly Entry[])[]; readonly facts: Facts } | undefined
  const loading = new Map<string, Promise<void>>()

  function nameOf(view: ViewName): string | null | undefined {
    const { party, kind } = deps.role()
    return view !== 'me' && kind === 'person' ? null : documents.nameOf(view, party)
  }

  function rows(view: ViewName): readonly Entry[] {
    const name = nameOf(view)
    return name === null || name === undefined ? none : documents.rowSet(name).rows()
  }

  function namesOf(wanted: readonly ViewName[]): readonly string[] {
    return wanted.map(nameOf).filter((name) => name !== null && name !== undefined)
  }

  /** The first rows, or all of a small document; true when there are no others. */
  async function loadHead(name: string): Promise<boolean> {
    const rowSet = documents.rowSet(name)
    if (rowSet.mark() !== null) return true
    if (rowSet.state() === 'beginning') return false
    const head = await readHead(store, name)
    if (head === undefined || (deps.isLeading() && rowSet.mark() !== null)) return false
    return showHead(name, head)
  }

  function showHead(name: string, head: Head): boolean {
    if (head.complete) documents.rowSet(name).showSnapshot(head)
    else documents.rowSet(name).showHead(head.rows)
    return head.complete
  }

  /** Without waiting: what was read when the store was opened is drawn with the first frame. Own rows first, for roles stand in them. */
  function showStart(): void {
    for (const view of views) {
      const name = nameOf(view)
      const head = typeof name === 'string' ? headAtStart(store, name) : undefined
      if (typeof name === 'string' && head !== undefined && showHead(name, head))
        loading.set(name, Promise.resolve())
    }
  }

  async function load(name: string): Promise<void> {
    const rowSet = documents.rowSet(name)
    const snapshot = await readSnapshot(store, name, deps.prepareRows)
    // The leader's rows are those of the open document, and newer than any snapshot.
    if (deps.isLeading() && rowSet.mark() !== null) return
    if (snapshot !== undefined) rowSet.showSnapshot(snapshot)
    else if (rowSet.mark() !== null || rowSet.state() === 'beginning') rowSet.clear('loading')
  }

  function loadOnce(name: string): Promise<void> {
    const known = loading.get(name)
    if (known !== undefined) return known
    const promise = load(name).catch((fault: unknown) => {
      loading.delete(name)
      deps.onFault(fault)
    })
    loading.set(name, promise)
    return promise
  }

  async function loadFirst(): Promise<void> {
    const names = namesOf(firstViews).filter((name) => !loading.has(name))
    await Promise.all(
      names.map(async (name) => {
        if (await loadHead(name)) loading.set(name, Promise.resolve())
      }),
    )
  }

  showStart()
  return {
    rows,
    reload: async (name) => {
      if (documents.rowSet(name).mark() !== null || namesOf(views).includes(name)) await load(name)
    },
    loadAll: async () => {
      await loadFirst().catch(deps.onFault)
      const later = namesOf(views).filter((name) => !loading.has(name))
      if (later.length > 0) await deps.afterPaint()
      await Promise.all(namesOf(views).map(loadOnce))
    },
    state: (view) => {
      const name = nameOf(view)
      if (name === null) return 'absent'
      if (name === undefined) return 'loading'
      const state = documents.rowSet(name).state()
      return state === 'stored' && !deps.isLeading() && deps.leaderIsLive() ? 'live' : state
    },
    facts: () => {
      const parts = views.map(rows)
      if (last === undefined || parts.some((part, index) => part !== last?.parts[index])) {
        last = { parts, facts: deviceFacts(parts.flat()) }
      }
      return last.facts
    },
  }
}
