import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import * as Y from 'yjs'

/** A device as the users of Hocuspocus run it: one socket, and for each document its own provider and its own Y.Doc. */
export interface ProviderDevice {
  /** Resolves when every document is synced. Those already open stay open. */
  readonly open: (names: readonly string[]) => Promise<void>
  readonly docOf: (name: string) => Y.Doc
  readonly close: () => void
}

/** `answered` is called for each change of this device that the server has acknowledged. */
export function openProviderDevice(port: number, answered: () => void = () => undefined): ProviderDevice {
  const socket = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${port}`,
    WebSocketPolyfill: WebSocket,
  })
  const providers = new Map<string, HocuspocusProvider>()

  function openOne(name: string): Promise<void> {
    return new Promise((resolve) => {
      let before = 0
      const provider = new HocuspocusProvider({
        websocketProvider: socket,
        name,
        document: new Y.Doc(),
        onSynced: () => resolve(),
        onUnsyncedChanges({ number }) {
          const fewer = number < before
          // First: the next write, made at once, moves it again.
          before = number
          if (fewer) answered()
        },
      })
      providers.set(name, provider)
      provider.attach()
    })
  }

  return {
    async open(names) {
      await Promise.all(names.filter((name) => !providers.has(name)).map(openOne))
    },
    docOf(name) {
      const provider = providers.get(name)
      if (provider === undefined) throw new Error(`${name} is not open`)
      return provider.document
    },
    close() {
      for (const provider of providers.values()) provider.destroy()
      socket.destroy()
    },
  }
}
