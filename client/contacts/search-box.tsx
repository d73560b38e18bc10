import { createEffect, createUniqueId, on, onCleanup, onMount } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { announce } from '#client/ui/announce.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { isSomethingOpen } from '#client/ui/open-dialogs.ts'

const sayAfterMs = 600

/** "Sök bland kontakter". The slash key leads here from anywhere on the page where nothing is being typed. */
export function SearchBox(props: {
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly found: number | null
  /** Null while the rest is on its way. */
  readonly all: number | null
}) {
  const id = createUniqueId()
  let input: HTMLInputElement | undefined
  onMount(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element && event.target.closest('input, textarea, select') !== null
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey || isSomethingOpen())
        return
      event.preventDefault()
      input?.focus()
    }
    addEventListener('keydown', onKey)
    onCleanup(() => removeEventListener('keydown', onKey))
  })
  createEffect(
    on(
      () => props.found,
      (found) => {
        // Not at every letter: who listens would hear nothing but numbers.
        const timer = setTimeout(
          () => found !== null && announce(t('contacts.found', { n: found })),
          sayAfterMs,
        )
        onCleanup(() => clearTimeout(timer))
      },
      { defer: true },
    ),
  )
  return (
    <div class="line-apart">
      <div class="field search">
        <label for={id}>{t('contacts.search')}</label>
        <Icon name="Search" />
        <input
          ref={(element) => (input = element)}
          id={id}
          class="input"
          type="search"
          autocomplete="off"
          spellcheck={false}
          maxLength={100}
          aria-keyshortcuts="/"
          placeholder={t('contacts.searchHint')}
          value={props.query}
          onInput={(event) => props.onQuery(event.currentTarget.value)}
        />
      </div>
      <span class="soft small">
        {props.all === null
          ? t('common.loading')
          : props.found === null
            ? t('contacts.count', { n: props.all })
            : t('contacts.found', { n: props.found })}
      </span>
    </div>
  )
}
