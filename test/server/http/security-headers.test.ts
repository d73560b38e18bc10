import { describe, expect, test } from 'vitest'
import { smallApp } from '../small-app.ts'

/** One of every kind of answer: files, pages, API, errors of each sort, the dev mailbox. */
const kinds: readonly (readonly [
  method: string,
  path: string,
  status: number,
  headers: Record<string, string>,
])[] = [
  ['GET', '/', 200, {}],
  ['GET', '/mina-sidor', 200, { accept: 'text/html' }],
  ['GET', '/assets/main-1a2b3c.js', 200, {}],
  ['HEAD', '/assets/main-1a2b3c.js', 200, {}],
  ['GET', '/assets/gone.js', 404, {}],
  ['GET', '/sw.js', 200, {}],
  ['GET', '/manifest.webmanifest', 200, {}],
  ['GET', '/icon.png', 200, {}],
  ['GET', '/api/session', 401, {}],
  ['GET', '/api/nothing', 404, {}],
  ['GET', '/api/broken', 500, {}],
  ['POST', '/api/session/code', 403, { origin: 'https://evil.example' }],
  ['POST', '/api/session/code', 400, {}],
  ['DELETE', '/api/session', 204, {}],
  ['GET', '/dev/mailbox', 200, {}],
  ['GET', '/dev/mailbox.json', 200, {}],
]

describe.each(['http://127.0.0.1:8080', 'https://handslag.example'])('every answer from %s', (publicUrl) => {
  test.each(kinds)('%s %s (%i) carries the headers of ASVS 3.4', async (method, path, status, headers) => {
    const house = await smallApp({ publicUrl })
    const answer = await house.send(method, path, undefined, headers)
    expect(answer.status).toBe(status)
    const value = (name: string) => answer.headers.get(name) ?? ''
    const policy = new Map(
      value('content-security-policy')
        .split('; ')
        .map((directive) => [directive.split(' ')[0]!, directive.split(' ').slice(1)]),
    )
    expect(policy.get('default-src')).toEqual(["'none'"])
    expect(policy.get('script-src')).toEqual(["'self'"])
    for (const name of ['object-src', 'base-uri', 'frame-ancestors'])
      expect(policy.get(name)).toEqual(["'none'"])
    expect(policy.get('connect-src')).toEqual(["'self'", publicUrl.replace('http', 'ws')])
    expect(policy.get('require-trusted-types-for')).toEqual(["'script'"])
    expect(policy.get('trusted-types')).toEqual(['default', 'handslag', 'workbox'])
    // One style attribute by its hash, in no other place than styles.
    expect(policy.get('style-src')?.filter((source) => !source.startsWith("'sha256-"))).toEqual([
      "'self'",
      "'unsafe-hashes'",
    ])
    expect(value('content-security-policy')).not.toMatch(/unsafe-(inline|eval)|\*|data:/)
    expect(value('x-content-type-options')).toBe('nosniff')
    expect(value('referrer-policy')).toBe('no-referrer')
    expect(value('cross-origin-opener-policy')).toBe('same-origin')
    expect(value('cross-origin-resource-policy')).toBe('same-origin')
    expect(value('permissions-policy')).toContain('camera=()')
    expect(value('strict-transport-security')).toBe(
      publicUrl.startsWith('https') ? 'max-age=63072000; includeSubDomains' : '',
    )
    expect(policy.has('upgrade-insecure-requests')).toBe(publicUrl.startsWith('https'))
    if (/^\/(?:api|dev)/.test(path)) expect(value('cache-control')).toBe('no-store')
    expect(value('access-control-allow-origin') + value('x-powered-by') + value('server')).toBe('')
  })
})
