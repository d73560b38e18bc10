import { useNavigate } from '@solidjs/router'
import { createMemo, createUniqueId, For, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import type { Role } from '#shared/access/actor.ts'
import { firstPathOf, pagesOf } from './pages.ts'

/** "{Company} ({org no})": which company I act for, always in sight (IS-15). */
export function RoleSwitcher() {
  const house = useHouse()
  const navigate = useNavigate()
  const id = createUniqueId()
  const regNo = createMemo(() => {
    for (const row of house.rows('base')()) {
      if (row.kind === 'organisation' && row.id === house.role().party) return row.regNo?.value
    }
    return undefined
  })
  const nameOf = (role: Role) => {
    if (role.kind === 'person') return t('role.myself', { name: role.name })
    const number = role.party === house.role().party ? regNo() : undefined
    return number === undefined ? role.name : `${role.name} (${number})`
  }
  const choose = (party: string) => {
    house.chooseRole(party)
    const here = location.pathname
    const stays = here === '/att-skicka' || pagesOf(house.role()).some((page) => page.path === here)
    if (!stays) navigate(firstPathOf(house.role()))
  }
  return (
    <div class="acting">
      <Show
        when={house.session().roles.length > 1}
        fallback={
          <>
            <span class="acting-label">{t('role.label')}</span>
            <span class="acting-name">{nameOf(house.role())}</span>
          </>
        }
      >
        <label for={id}>{t('role.label')}</label>
        <select
          id={id}
          class="role"
          value={house.role().party}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <For each={house.session().roles}>
            {(role) => (
              <option value={role.party} selected={role.party === house.role().party}>
                {nameOf(role)}
              </option>
            )}
          </For>
        </select>
      </Show>
    </div>
  )
}
