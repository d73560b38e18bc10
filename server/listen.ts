import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Config } from './config.ts'
import type { ServerHouse } from './house.ts'
import { ownAddress, type OwnAddress } from './http/own-address.ts'

export interface Listening {
  readonly port: number
  readonly address: OwnAddress
  readonly server: Server
  /** Refuses new connections and ends the idle ones. */
  readonly close: () => Promise<void>
}

/** Opens the port. `PORT=0` takes any free one, which is then the one in links and Origin checks. */
export function listen(
  house: Pick<ServerHouse, 'app' | 'attach'>,
  config: Pick<Config, 'host' | 'port' | 'publicUrl'>,
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: house.app.fetch, hostname: config.host, port: config.port }, (info) => {
      server.off('error', reject)
      resolve({ port: info.port, address: ownAddress(config, info.port), server, close: () => close(server) })
    }) as Server
    server.once('error', reject)
    server.headersTimeout = 10_000
    server.requestTimeout = 30_000
    house.attach(server)
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 1500).unref()
  })
}
