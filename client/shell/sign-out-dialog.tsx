import { createSignal, For, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { Note } from '#client/ui/note.tsx'
import { commandText } from '#client/waiting/command-text.ts'
import { useWaiting } from '#client/waiting/waiting.tsx'

/** Signing out erases this device; unsent work is the only thing that cannot be fetched again, so it is named first. */
export function SignOutDialog(props: { readonly everywhere: boolean; readonly onClose: () => void }) {
  const house = useHouse()
  const waiting = useWaiting()
  const [busy, setBusy] = createSignal(false)
  const away = () => house.connection().state === 'offline' || house.connection().state === 'unreachable'
  const go = async () => {
    setBusy(true)
    await house.signOut(props.everywhere)
  }
  return (
    <Dialog title={t('account.signOutTitle')} onClose={props.onClose}>
      <p>{props.everywhere ? t('account.signOutTextEverywhere') : t('account.signOutText')}</p>
      <Show when={away()}>
        <Note tone="warn">
          <p>{t('account.signOutOffline')}</p>
        </Note>
      </Show>
      <Show when={waiting.unsent().length > 0}>
        <Note tone="bad">
          <p>{t('account.signOutLoses', { n: waiting.unsent().length })}</p>
          <ul>
            <For each={waiting.unsent()}>{(item) => <li>{commandText(item)}</li>}</For>
          </ul>
        </Note>
      </Show>
      <div class="buttons">
        <button type="button" class="button" onClick={() => props.onClose()}>
          {t('common.cancel')}
        </button>
        <button type="button" class="button danger primary" disabled={busy()} onClick={() => void go()}>
          {props.everywhere ? t('account.signOutEverywhere') : t('account.signOutHere')}
        </button>
      </div>
    </Dialog>
  )
}
