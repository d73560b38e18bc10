import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { build } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { staticFiles } from '#server/http/static-files.ts'
import { temporaryFolder } from '../temporary.ts'

const top = join(import.meta.dirname, '..', '..', '..')

/** The app as it stands in the sources now, built as `npm run build` does, into a folder of its own. */
export async function buildApp(): Promise<string> {
  const outDir = temporaryFolder()
  await build({
    configFile: join(top, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, sourcemap: false },
  })
  return outDir
}

/** The bare Dexie page, installable by the same means: a precaching service worker made by the same plugin. */
export async function buildPeer(): Promise<string> {
  const outDir = temporaryFolder()
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, 'peer'),
    plugins: [
      VitePWA({
        strategies: 'injectManifest',
        srcDir: '.',
        filename: 'sw.ts',
        injectRegister: false,
        manifest: { name: 'Dexie', start_url: '/', display: 'standalone' },
        injectManifest: { globPatterns: ['**/*.{js,css,html}'] },
      }),
    ],
    build: { outDir, emptyOutDir: true, target: 'es2024', modulePreload: { polyfill: false } },
  })
  return outDir
}

export interface PeerPage {
  readonly url: string
  readonly close: () => void
}

/** `rows` as JSON is what the page fetches once, to fill its table. */
export async function servePeer(folder: string, rows: string): Promise<PeerPage> {
  const routes = new Hono()
    .get('/rows.json', (c) => c.body(rows, 200, { 'content-type': 'application/json' }))
    .route('/', staticFiles(folder))
  const server = await new Promise<Server>((resolve) => {
    const made = serve({ fetch: routes.fetch, port: 0, hostname: '127.0.0.1', createServer }, () =>
      resolve(made as Server),
    )
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
