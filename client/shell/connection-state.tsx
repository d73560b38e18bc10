import { Show } from 'solid-js'
import type { Connection } from '#client/core/house.ts'
import type { PlainKey } from '#client/i18n/dictionary.ts'
import { formatInstant } from '#client/i18n/format.ts'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { isPainted } from '#client/ui/painted.ts'

const stateKey: Readonly<Record<Connection['state'], PlainKey>> = {
  live: 'connection.live',
  connecting: 'connection.connecting',
  offline: 'connection.offline',
  unreachable: 'connection.unreachable',
  'signed-out': 'connection.signedOut',
  'update-needed': 'connection.updateNeeded',
}

/** Whether the house is in touch with the server, and when it last was. */
export function ConnectionState() {
  const house = useHouse()
  const state = () => house.connection().state
  const calm = () => state() === 'live' || state() === 'connecting'
  const last = () => {
    const at = house.connection().lastContact
    return at === null ? t('connection.never') : t('connection.last', { time: formatInstant(at) })
  }
  return (
    <div
      class="contact-state"
      classList={{ away: !calm() }}
      title={isPainted() ? last() : undefined}
      data-connection={state()}
    >
      <Icon name={calm() ? 'Wifi' : 'CloudOff'} />
      <span class="words">
        {t(stateKey[state()])}
        <Show when={!calm() && isPainted()}>
          <span>, {last()}</span>
        </Show>
      </span>
    </div>
  )
}
