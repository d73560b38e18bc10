import { For, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Page } from '#client/ui/page.tsx'
import type { Right } from '#shared/access/rights.ts'

/** By a link or a bookmark to a page the role of now has not. */
export function OtherRolePage(props: { readonly right: Right }) {
  const house = useHouse()
  const able = () => house.session().roles.filter((role) => role.rights.includes(props.right))
  return (
    <Page title={t('app.otherRole')}>
      <Show
        when={able().length > 0}
        fallback={<p>{t('role.none', { office: house.session().register.office })}</p>}
      >
        <p>{t('app.otherRoleText', { role: house.role().name })}</p>
        <div class="buttons">
          <For each={able()}>
            {(role) => (
              <button type="button" class="button" onClick={() => house.chooseRole(role.party)}>
                {t('app.switchTo', { role: role.name })}
              </button>
            )}
          </For>
        </div>
      </Show>
    </Page>
  )
}
