import { createSignal, type Accessor } from 'solid-js'
import type { Role } from '#shared/access/actor.ts'
import type { Entry, RoleEntry } from '#shared/documents/entries.ts'
import type { SessionBody } from '#shared/protocol/session-body.ts'
import type { BrowserMemory } from '../store/browser-memory.ts'

/** Who is signed in and whom the person acts for; roles come and go with the account's own document, without a new sign-in. */
export interface ActingRole {
  readonly session: Accessor<SessionBody>
  readonly setSession: (session: SessionBody) => void
  readonly role: Accessor<Role>
  readonly chooseRole: (party: string) => void
}

export function createActingRole(
  first: SessionBody,
  memory: BrowserMemory,
  ownRows: Accessor<readonly Entry[]>,
): ActingRole {
  const memoryKey = `role:${first.account}` as const
  const [given, setGiven] = createSignal(first)
  const [chosen, setChosen] = createSignal(memory.get(memoryKey))
  let last:
    | { readonly given: SessionBody; readonly rows: readonly Entry[]; readonly session: SessionBody }
    | undefined

  function session(): SessionBody {
    const base = given()
    const rows = ownRows()
    if (last?.given === base && last.rows === rows) return last.session
    const roles = rolesFrom(rows, base.roles)
    // The same object as long as it says the same, so that pages do not redraw for every entry.
    const same = last?.given === base && JSON.stringify(last.session.roles) === JSON.stringify(roles)
    const made = same && last !== undefined ? last.session : { ...base, roles }
    last = { given: base, rows, session: made }
    return made
  }

  return {
    session,
    setSession: setGiven,
    role: () => {
      const { roles, person } = session()
      const wanted = chosen()
      return (
        roles.find(({ party }) => party === wanted) ??
        roles[0] ?? { party: person.id, name: person.name, kind: 'person', tier: null, rights: [] }
      )
    },
    chooseRole: (party) => {
      memory.set(memoryKey, party)
      setChosen(party)
    },
  }
}

function rolesFrom(rows: readonly Entry[], before: readonly Role[]): readonly Role[] {
  const entries = rows.filter((entry): entry is RoleEntry => entry.kind === 'role')
  if (entries.length === 0) return before
  // In the order the server named them at sign-in; new ones by name, the person's own last.
  const place = ({ id, roleKind }: RoleEntry) => {
    const known = before.findIndex(({ party }) => party === id)
    return roleKind === 'person' ? before.length + 1 : known === -1 ? before.length : known
  }
  return entries
    .toSorted((one, other) => place(one) - place(other) || (one.name < other.name ? -1 : 1))
    .map(({ id, name, roleKind, tier, rights }) => ({ party: id, name, kind: roleKind, tier, rights }))
}
