import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { VitePWA, type VitePWAOptions } from 'vite-plugin-pwa'
import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'

/** Where `npm run dev` finds a running server. */
const house = 'http://127.0.0.1:8080'
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const manifest: VitePWAOptions['manifest'] = {
  id: '/',
  name: 'Handslag',
  short_name: 'Handslag',
  description:
    'Registret där förmedlare, företag och förmedlarorganisationer är överens: alltid båda parter.',
  lang: 'sv',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  theme_color: '#0c3b3f',
  background_color: '#f4f6f5',
  categories: ['business', 'finance', 'productivity'],
  launch_handler: { client_mode: 'navigate-existing' },
  icons: [
    { src: '/icons/any-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: '/icons/any-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
    { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
  ],
  shortcuts: [
    {
      name: 'Mina kontakter',
      url: '/mina-kontakter',
      icons: [{ src: '/icons/any-192.png', sizes: '192x192' }],
    },
    { name: 'Mina sidor', url: '/mina-sidor', icons: [{ src: '/icons/any-192.png', sizes: '192x192' }] },
    { name: 'Översikt', url: '/oversikt', icons: [{ src: '/icons/any-192.png', sizes: '192x192' }] },
  ],
  screenshots: [
    {
      src: '/screenshots/narrow.png',
      sizes: '390x844',
      type: 'image/png',
      form_factor: 'narrow',
      label: 'Mina sidor',
    },
    {
      src: '/screenshots/wide.png',
      sizes: '1280x800',
      type: 'image/png',
      form_factor: 'wide',
      label: 'Mina kontakter',
    },
  ],
}

/** In tests vite-plugin-solid asks for every package's `browser` build; that of `ws` is a stub that throws. */
const nodeBuildsInTests: Plugin = {
  name: 'node-builds-in-tests',
  configEnvironment: {
    order: 'post',
    handler(_name, config) {
      if (process.env['VITEST'] === undefined || config.resolve?.conditions === undefined) return
      config.resolve.conditions = config.resolve.conditions.filter((condition) => condition !== 'browser')
    },
  },
}

export default defineConfig({
  root: here('client'),
  plugins: [
    solid(),
    nodeBuildsInTests,
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'service-worker',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      manifest,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,woff2}', 'icons/*.png'],
        maximumFileSizeToCacheInBytes: 3_000_000,
      },
    }),
  ],
  // Two copies of Yjs break `instanceof` without a word.
  resolve: {
    dedupe: ['yjs', 'solid-js'],
    // The sources import the build Node can load; the browser's is a third of the size.
    alias: { 'stdnum/lib/cjs': 'stdnum/lib/esm' },
  },
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2024',
    sourcemap: true,
    modulePreload: {
      polyfill: false,
      // What a page needs besides itself is here already; links for it would be made on the way to the first drawing.
      resolveDependencies: (_file, files, { hostType }) => (hostType === 'html' ? files : []),
    },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What several pages need comes with the first script: each small file more is a turn through the service worker on
          // the way to the first drawing. What only dialogs and the rules need stays apart.
          groups: [
            {
              name: 'start',
              test: /\/node_modules\/(?:solid-js|@solidjs|virtua|lucide-solid)\/|\/client\/(?:core|store|sync|ui\/(?!dialog|text-field)|shell|waiting|i18n\/(?:t|format|language|fill-text|refusal-text)|contacts\/(?:relation-text|contact-row)|overview\/membership-)|\/shared\/(?:kernel|identity\/(?:fold|look|national|swedish)|bonds\/model)|preload-helper|rolldown-runtime/,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
  // The server hears only pages of its own address, so the proxy speaks in that name.
  server: {
    host: '127.0.0.1',
    proxy: {
      '^/(api|dev|healthz|readyz)': { target: house, headers: { origin: house } },
      '/sync': { target: house, ws: true, headers: { origin: house } },
    },
  },
  test: {
    root: here('.'),
    // Also at the root: vite-plugin-solid makes jsdom the default otherwise.
    environment: 'node',
    projects: [
      {
        extends: true,
        // Solid's `node` build has no reactivity (it renders once, for servers): the tests need the one browsers get. By alias,
        // because a `browser` condition would take the stub of `ws` too.
        resolve: {
          alias: [
            { find: /^solid-js$/, replacement: here('node_modules/solid-js/dist/dev.js') },
            { find: /^solid-js\/store$/, replacement: here('node_modules/solid-js/store/dist/dev.js') },
            { find: /^solid-js\/web$/, replacement: here('node_modules/solid-js/web/dist/dev.js') },
          ],
        },
        test: {
          name: 'node',
          root: here('.'),
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'node_modules/**'],
          server: { deps: { inline: [/solid-js/, /@solidjs/] } },
        },
      },
      {
        // Real Chromium against the built app: `npm run build` first. One at a time, they measure nothing but wait a lot.
        test: {
          name: 'browser',
          root: here('.'),
          environment: 'node',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
