import { lazy, Suspense, type Component } from 'solid-js'

/** A dialog fetched when first opened. It waits by itself: the page under it must not vanish meanwhile, nor lose the focus. */
export function lazyDialog<Props extends object>(load: () => Promise<Component<Props>>): Component<Props> {
  const Loaded: Component<Props> = lazy(async () => ({ default: await load() }))
  return (props) => (
    <Suspense>
      <Loaded {...props} />
    </Suspense>
  )
}
