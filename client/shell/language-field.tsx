import { createUniqueId, For } from 'solid-js'
import { chooseLocale, isLocale, localeNames, locales } from '#client/i18n/language.ts'
import { locale, t } from '#client/i18n/t.ts'

/** The five languages, each by its own name. */
export function LanguageField() {
  const id = createUniqueId()
  const choose = (value: string) => {
    if (isLocale(value)) void chooseLocale(value)
  }
  return (
    <div class="field">
      <label for={id}>{t('account.language')}</label>
      <select id={id} class="input" value={locale()} onChange={(event) => choose(event.currentTarget.value)}>
        <For each={locales}>
          {(each) => (
            <option value={each} lang={each} selected={each === locale()}>
              {localeNames[each]}
            </option>
          )}
        </For>
      </select>
    </div>
  )
}
