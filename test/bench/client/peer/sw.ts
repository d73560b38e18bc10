import { createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: { readonly __WB_MANIFEST: (PrecacheEntry | string)[] }

// oxlint-disable-next-line no-underscore-dangle -- the name under which the build puts the list
precacheAndRoute(self.__WB_MANIFEST)
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/rows\.json$/] }))
