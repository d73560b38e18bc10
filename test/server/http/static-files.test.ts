import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { staticFiles } from '#server/http/static-files.ts'
import { smallApp } from '../small-app.ts'

const script = '/assets/main-1a2b3c.js'

test('a file with a hash in its name may be kept for ever, the doors of the app are asked for each time', async () => {
  const house = await smallApp()
  const cacheOf = async (path: string) => (await house.send('GET', path)).headers.get('cache-control')
  expect(await cacheOf(script)).toBe('public, max-age=31536000, immutable')
  for (const path of ['/', '/index.html', '/sw.js', '/manifest.webmanifest', '/icon.png']) {
    expect(await cacheOf(path)).toBe('no-cache')
  }
})

test('each file says what it is', async () => {
  const house = await smallApp()
  const typeOf = async (path: string) => (await house.send('GET', path)).headers.get('content-type')
  expect(await typeOf('/')).toBe('text/html; charset=utf-8')
  expect(await typeOf(script)).toBe('text/javascript; charset=utf-8')
  expect(await typeOf('/manifest.webmanifest')).toBe('application/manifest+json')
  expect(await typeOf('/icon.png')).toBe('image/png')
})

test('who can unpack gets it packed, and everyone gets the same bytes', async () => {
  const house = await smallApp()
  const get = async (encoding: string) => {
    const answer = await house.send('GET', script, undefined, { 'accept-encoding': encoding })
    return [answer.headers.get('content-encoding'), Buffer.from(await answer.arrayBuffer()), answer] as const
  }
  const [none, plain] = await get('')
  const [br, packed, answer] = await get('gzip, deflate, br')
  const [gzip, zipped] = await get('gzip;q=0.8, br;q=0')
  expect([none, br, gzip]).toEqual([null, 'br', 'gzip'])
  expect(answer.headers.get('vary')).toBe('accept-encoding')
  expect(Number(answer.headers.get('content-length'))).toBe(packed.length)
  expect(packed.length).toBeLessThan(plain.length / 10)
  expect(brotliDecompressSync(packed).equals(plain)).toBe(true)
  expect(gunzipSync(zipped).equals(plain)).toBe(true)
})

test('what the browser already has is answered 304 without a body', async () => {
  const house = await smallApp()
  const first = await house.send('GET', '/', undefined, { 'accept-encoding': 'br' })
  const tag = first.headers.get('etag')!
  const again = await house.send('GET', '/', undefined, {
    'accept-encoding': 'br',
    'if-none-match': `"x", W/${tag}`,
  })
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag])
  const other = await house.send('GET', '/', undefined, { 'accept-encoding': 'gzip', 'if-none-match': tag })
  expect(other.status).toBe(200)
})

test('a page of the app is index.html, for a person who goes there', async () => {
  const house = await smallApp()
  const page = await house.send('GET', '/mina-kontakter/some?x=1', undefined, { accept: 'text/html,*/*' })
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>Handslag')])
  expect((await house.send('GET', '/mina-kontakter', undefined, { accept: '*/*' })).status).toBe(404)
})

test.each(['/assets/gone.js', '/api/nothing', '/dev/nothing', '/sync', '/healthz/x'])(
  '%s is never answered with the page, also not to a person',
  async (path) => {
    const house = await smallApp()
    const answer = await house.send('GET', path, undefined, { accept: 'text/html' })
    expect([answer.status, await answer.json()]).toEqual([404, { code: 'not-found' }])
  },
)

test.each([
  '/../package.json',
  '/..%2f..%2fpackage.json',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/assets/..%5c..%5cindex.html',
  '/.vite/manifest.json',
  '/assets/main-1a2b3c.js.map',
  '/%',
  '/%00',
  '//etc/passwd',
])('%s reaches nothing', async (path) => {
  const house = await smallApp()
  const answer = await house.app.fetch(new Request(`http://127.0.0.1:8080${path}`))
  expect(answer.status).toBe(404)
})

test('before anything has been built there is nothing, and no crash', async () => {
  expect((await staticFiles('/nowhere/dist').request('/', { headers: { accept: 'text/html' } })).status).toBe(
    404,
  )
})
