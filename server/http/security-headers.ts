import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { OwnAddress } from './own-address.ts'

/** On every answer of every route, also errors: OWASP ASVS 5.0 V3.4 with its level 3 items. */
export function securityHeaders(address: () => OwnAddress): MiddlewareHandler {
  let made: { readonly of: OwnAddress; readonly headers: readonly (readonly [string, string])[] } | undefined
  return async (c, next) => {
    await next()
    const own = address()
    if (made?.of !== own) made = { of: own, headers: headersFor(own) }
    const { headers } = c.res
    for (const [name, value] of made.headers) headers.set(name, value)
    // What an answer says about a person must not stay in a cache between the house and the device.
    if (isPrivate(c.req.path) && !headers.has('cache-control')) headers.set('cache-control', 'no-store')
  }
}

function isPrivate(path: string): boolean {
  return /^\/(?:api|dev|sync|healthz|readyz)(?:\/|$)/.test(path)
}

function headersFor(address: OwnAddress): readonly (readonly [string, string])[] {
  return [
    ['content-security-policy', contentSecurityPolicy(address)],
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'no-referrer'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', permissionsPolicy],
    ['x-frame-options', 'DENY'],
    // Two years; over plain http a browser would ignore it, and on localhost it would lock out other programs.
    ...(address.secure
      ? [['strict-transport-security', 'max-age=63072000; includeSubDomains'] as const]
      : []),
  ]
}

/**
 * No inline script, nothing from elsewhere. Solid's templates need a Trusted Types policy for innerHTML; the client makes
 * `default` for them, and nobody else can make another.
 */
function contentSecurityPolicy(address: OwnAddress): string {
  // A policy's grammar knows no IPv6 addresses; there 'self' has to do.
  const sockets = [...address.origins]
    .filter((origin) => !origin.includes('['))
    .map((origin) => origin.replace(/^http/, 'ws'))
  const directives = [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'unsafe-hashes' '${virtualListStyle}'`,
    `img-src 'self' blob:`,
    `font-src 'self'`,
    `connect-src 'self' ${sockets.join(' ')}`,
    `manifest-src 'self'`,
    `worker-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types default handslag workbox`,
  ]
  if (address.secure) directives.push('upgrade-insecure-requests')
  return directives.join('; ')
}

/** The one style attribute in a template of ours: the frame of virtua's list. Nothing but exactly this text passes. */
const virtualListStyle = `sha256-${createHash('sha256')
  .update('contain:size style;overflow-anchor:none;flex:none;position:relative')
  .digest('base64')}`

const permissionsPolicy = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ')
