import { useNavigate } from '@solidjs/router'
import { createMemo, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { countAsks } from './asks.ts'

/** Acting for a company must not hide that somebody asks oneself. */
export function MyAsksBar() {
  const house = useHouse()
  const navigate = useNavigate()
  const me = () => house.session().person.id
  const asks = createMemo(() => countAsks(house.rows('me')(), me()))
  const able = () => house.session().roles.some((role) => role.party === me())
  const go = () => {
    house.chooseRole(me())
    navigate('/mina-sidor')
  }
  return (
    <Show when={house.role().party !== me() && able() && asks() > 0}>
      <output class="bar calm">
        <Icon name="User" />
        <span>{t('my.asksElsewhere', { n: asks() })}</span>
        <button type="button" class="button quiet bar-end" onClick={go}>
          {t('nav.myPages')}
        </button>
      </output>
    </Show>
  )
}
