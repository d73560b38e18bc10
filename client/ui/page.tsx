import { createEffect, onMount, type JSX } from 'solid-js'

let visited = false

/** A page of its own: its title in the window, its heading first in line for those who listen. */
export function Page(props: {
  readonly title: string
  readonly actions?: JSX.Element
  readonly children: JSX.Element
}) {
  let heading: HTMLHeadingElement | undefined
  createEffect(() => {
    document.title = `${props.title} · Handslag`
  })
  onMount(() => {
    // The first page leaves focus to the browser; from then on each navigation moves it.
    if (visited) heading?.focus({ preventScroll: true })
    visited = true
  })
  return (
    <div class="page">
      <div class="page-head">
        <h1 ref={(element) => (heading = element)} tabIndex={-1}>
          {props.title}
        </h1>
        <div class="buttons">{props.actions}</div>
      </div>
      {props.children}
    </div>
  )
}
