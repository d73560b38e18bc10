import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { Server } from '@hocuspocus/server'
import { readTask, serve } from '../in-child.ts'

export interface PeerTask {
  readonly folder: string
  /** Milliseconds Hocuspocus waits before it stores a changed document; its own default is 2000, 0 = at every change. */
  readonly debounceMs: number | null
}

export interface PeerReady {
  readonly port: number
}

// The extension pins an older better-sqlite3 without a binary for this Node; it gets ours, the same API over a newer SQLite.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier, specifier === 'better-sqlite3' ? { ...context, parentURL: import.meta.url } : context),
})
const { SQLite } = await import('@hocuspocus/extension-sqlite')

const task = await readTask<PeerTask>()
const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  // Our readers do not send the provider's pings, by which Hocuspocus knows the living.
  timeout: 3_600_000,
  stopOnSignals: false,
  extensions: [new SQLite({ database: join(task.folder, 'peer.sqlite') })],
  ...(task.debounceMs === null ? {} : { debounce: task.debounceMs }),
})
await server.listen()
serve({ port: server.address.port } satisfies PeerReady, () => server.destroy())
