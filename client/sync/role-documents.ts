import { createSignal } from 'solid-js'
import type { ViewName } from '../core/house.ts'
import type { DeviceStore } from '../store/device-store.ts'
import { readRoleViews, saveRoleViews } from '../store/document-store.ts'
import type { RoleViews } from '../store/stored-types.ts'
import { createRowSet, type RowSet } from './row-set.ts'

/** Which document carries a view of a role, and the rows of each: what stands in memory, whoever fills it. */
export interface RoleDocuments {
  /** Undefined: the server has not said yet. Null: the role has no such view. */
  readonly nameOf: (view: ViewName, party: string) => string | null | undefined
  readonly rowSet: (name: string) => RowSet
  readonly documentsOf: (party: string) => RoleViews['documents']
  readonly parties: () => readonly string[]
  readonly setDocuments: (views: RoleViews) => Promise<void>
  /** The document is no longer any role's. */
  readonly forget: (name: string) => Promise<void>
  /** Another tab has written. */
  readonly reload: () => Promise<void>
}

export function openRoleDocuments(store: DeviceStore, onFault: (fault: unknown) => void): RoleDocuments {
  const rowSets = new Map<string, RowSet>()
  const mapOf = (all: readonly RoleViews[]) => new Map(all.map(({ party, documents }) => [party, documents]))
  const [byParty, setByParty] = createSignal(mapOf(store.first.roleViews))

  async function setDocuments(views: RoleViews): Promise<void> {
    if (JSON.stringify(byParty().get(views.party)) === JSON.stringify(views.documents)) return
    setByParty(new Map(byParty()).set(views.party, views.documents))
    await saveRoleViews(store, views)
  }

  return {
    nameOf: (view, party) => {
      if (view === 'me') return `me/${store.account}`
      const documents = byParty().get(party)
      if (documents === undefined) return undefined
      return documents.find((document) => document.view === view)?.name ?? null
    },
    rowSet: (name) => {
      const known = rowSets.get(name)
      if (known !== undefined) return known
      const made = createRowSet(onFault)
      rowSets.set(name, made)
      return made
    },
    documentsOf: (party) => byParty().get(party) ?? [],
    parties: () => [...byParty().keys()],
    setDocuments,
    forget: async (name) => {
      for (const [party, documents] of byParty()) {
        await setDocuments({ party, documents: documents.filter((document) => document.name !== name) })
      }
    },
    reload: async () => {
      setByParty(mapOf(await readRoleViews(store)))
    },
  }
}
