import { createSignal, createUniqueId, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { lazyDialog } from '#client/ui/lazy-dialog.tsx'
import { isPainted } from '#client/ui/painted.ts'
import { canInstall, install, needsInstallHint } from './install.ts'
import { LanguageField } from './language-field.tsx'

const SignOutDialog = lazyDialog(async () => (await import('./sign-out-dialog.tsx')).SignOutDialog)

/** Language, installing, signing out. A native popover: Escape and a press beside it close it. */
export function AccountMenu() {
  const house = useHouse()
  const id = createUniqueId()
  const [signingOut, setSigningOut] = createSignal<'here' | 'everywhere' | null>(null)
  let menu: HTMLDivElement | undefined
  const ask = (where: 'here' | 'everywhere') => {
    menu?.hidePopover()
    setSigningOut(where)
  }
  return (
    <>
      <button type="button" class="icon-button" popovertarget={id} aria-label={t('account.menu')}>
        <Icon name="CircleUser" />
      </button>
      <div id={id} class="menu" popover="auto" ref={(element) => (menu = element)}>
        {/* Shut: its lists of choices are not for the first drawing. */}
        <Show when={isPainted()}>
          <div class="stack">
            <p>
              {t('account.signedInAs', { name: house.session().person.name })}
              <br />
              <span class="soft small">{house.session().person.email}</span>
            </p>
            <LanguageField />
            <Show when={canInstall()}>
              <button type="button" class="button" onClick={() => void install()}>
                {t('account.install')}
              </button>
            </Show>
            <Show when={needsInstallHint()}>
              <p class="soft small">{t('account.installHint')}</p>
            </Show>
            <div class="stack-tight">
              <button type="button" class="button" onClick={() => ask('here')}>
                {t('account.signOutHere')}
              </button>
              <button type="button" class="button" onClick={() => ask('everywhere')}>
                {t('account.signOutEverywhere')}
              </button>
            </div>
          </div>
        </Show>
      </div>
      <Show when={signingOut()}>
        {(where) => (
          <SignOutDialog everywhere={where() === 'everywhere'} onClose={() => setSigningOut(null)} />
        )}
      </Show>
    </>
  )
}
