import { fileURLToPath } from 'node:url'
import { createServer, type ViteDevServer } from 'vite'
import solid from 'vite-plugin-solid'

/** Serves the pages on a fake House, for looking at and for tests of what is on the screen. */
export async function serveFakeApp(): Promise<ViteDevServer> {
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('.', import.meta.url)),
    cacheDir: fileURLToPath(new URL('../../../node_modules/.cache/fake-app', import.meta.url)),
    plugins: [solid()],
    server: { host: '127.0.0.1', port: 0, hmr: false, ws: false, fs: { allow: ['../../..'] } },
    optimizeDeps: { include: ['solid-js', 'solid-js/web', '@solidjs/router', 'virtua/solid', 'valibot'] },
  })
  await server.listen()
  return server
}

if (import.meta.main) {
  const server = await serveFakeApp()
  console.log(server.resolvedUrls?.local[0])
}
