import { createUniqueId, Show, type JSX } from 'solid-js'
import { Icon } from './icons.tsx'

/** A labelled field whose hint and error are read with it. */
export function TextField(props: {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly error?: string | undefined
  readonly hint?: string | undefined
  readonly type?: 'text' | 'email' | 'date' | undefined
  readonly inputMode?: 'numeric' | 'email' | 'text' | undefined
  readonly autocomplete?: JSX.HTMLAutocomplete | undefined
  readonly class?: string | undefined
  readonly min?: string | undefined
  readonly maxLength?: number | undefined
  readonly multiline?: boolean | undefined
  readonly ref?: ((element: HTMLInputElement | HTMLTextAreaElement) => void) | undefined
}) {
  const id = createUniqueId()
  const describedBy = () =>
    [props.hint === undefined ? '' : `${id}-hint`, props.error === undefined ? '' : `${id}-error`]
      .join(' ')
      .trim() || undefined
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <Show when={props.hint}>
        {(hint) => (
          <p class="hint" id={`${id}-hint`}>
            {hint()}
          </p>
        )}
      </Show>
      <Show
        when={props.multiline === true}
        fallback={
          <input
            ref={(element) => props.ref?.(element)}
            id={id}
            class={`input ${props.class ?? ''}`}
            type={props.type ?? 'text'}
            inputMode={props.inputMode}
            autocomplete={props.autocomplete ?? 'off'}
            min={props.min}
            maxLength={props.maxLength}
            spellcheck={false}
            value={props.value}
            aria-invalid={props.error === undefined ? undefined : 'true'}
            aria-describedby={describedBy()}
            onInput={(event) => props.onInput(event.currentTarget.value)}
          />
        }
      >
        <textarea
          ref={(element) => props.ref?.(element)}
          id={id}
          class="input"
          rows={3}
          maxLength={props.maxLength}
          spellcheck={false}
          value={props.value}
          aria-invalid={props.error === undefined ? undefined : 'true'}
          aria-describedby={describedBy()}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      </Show>
      <Show when={props.error}>
        {(error) => (
          <p class="error" id={`${id}-error`} role="alert">
            <Icon name="CircleAlert" />
            <span>{error()}</span>
          </p>
        )}
      </Show>
    </div>
  )
}
