import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { Hono, type Context } from 'hono'
import { problem } from './problem.ts'

type Encoding = 'br' | 'gzip' | 'identity'

interface StaticFile {
  readonly type: string
  readonly tag: string
  readonly cacheControl: string
  readonly body: Uint8Array<ArrayBuffer>
  readonly compressible: boolean
  /** Made on the first wish and kept; two who ask at once wait for the same one. */
  readonly packed: Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>
}

/**
 * The built app. Every path is known at start, so no path from outside ever touches the disk and there is nothing to
 * traverse. Pages of the app that are no files get index.html; everything else unknown is a 404.
 */
export function staticFiles(folder: string): Hono {
  const files = filesIn(folder)
  const index = files.get('/index.html')
  const app = new Hono()
  app.get('*', (c) => {
    const file = files.get(c.req.path === '/' ? '/index.html' : c.req.path)
    if (file !== undefined) return answer(c, file)
    if (index !== undefined && isNavigation(c)) return answer(c, index)
    return problem(c, 404, 'not-found')
  })
  return app
}

const serverPaths = /^\/(?:api|sync|dev|assets|healthz|readyz)(?:\/|$)/

/** A missing script must be a 404, not the page: an old client would run HTML as a module for ever (stack §8.12). */
function isNavigation(c: Context): boolean {
  return !serverPaths.test(c.req.path) && (c.req.header('accept') ?? '').includes('text/html')
}

async function answer(c: Context, file: StaticFile): Promise<Response> {
  const encoding = file.compressible ? chosenEncoding(c.req.header('accept-encoding') ?? '') : 'identity'
  const tag = `"${file.tag}-${encoding}"`
  c.header('etag', tag)
  c.header('cache-control', file.cacheControl)
  if (file.compressible) c.header('vary', 'accept-encoding')
  if (isKnown(c.req.header('if-none-match'), tag)) return c.body(null, 304)
  c.header('content-type', file.type)
  if (encoding !== 'identity') c.header('content-encoding', encoding)
  const body = await packedBody(file, encoding)
  c.header('content-length', String(body.byteLength))
  return c.body(body, 200)
}

function isKnown(header: string | undefined, tag: string): boolean {
  return header?.split(',').some((known) => known.trim().replace(/^W\//, '') === tag) ?? false
}

function chosenEncoding(accepted: string): Encoding {
  const names = accepted
    .split(',')
    .filter((part) => !/;\s*q=0(?:\.0+)?\s*$/.test(part))
    .map((part) => part.split(';', 1)[0]?.trim().toLowerCase())
  return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : 'identity'
}

function packedBody(file: StaticFile, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  const ready = file.packed.get(encoding)
  if (ready !== undefined) return ready
  const made = pack(file.body, encoding)
  file.packed.set(encoding, made)
  return made
}

async function pack(body: Uint8Array<ArrayBuffer>, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'identity') return body
  if (encoding === 'gzip') return new Uint8Array(await promisify(gzip)(body, { level: 9 }))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength }
  return new Uint8Array(await promisify(brotliCompress)(body, { params }))
}

function filesIn(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>()
  if (!existsSync(folder)) return files
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const path = `/${relative(folder, file).split(sep).join('/')}`
    // Build notes (.vite) and precompressed copies are not pages; maps would publish the source.
    if (path.split('/').some((part) => part.startsWith('.')) || /\.(?:br|gz|map)$/.test(path)) continue
    files.set(encodeURI(path), read(file, path))
  }
  return files
}

function read(file: string, path: string): StaticFile {
  const body = new Uint8Array(readFileSync(file))
  const type = types[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'
  return {
    type,
    body,
    tag: createHash('sha256').update(body).digest('base64url').slice(0, 22),
    // Only names with a hash in them may be kept unseen; all else is asked for again, and mostly answered 304.
    cacheControl: path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    compressible: body.byteLength > 1024 && /^text\/|javascript|json|xml|svg|wasm/.test(type),
    packed: new Map(),
  }
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  webp: 'image/webp',
  jpg: 'image/jpeg',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
  txt: 'text/plain; charset=utf-8',
}
