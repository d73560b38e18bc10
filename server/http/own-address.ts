import type { Config } from '../config.ts'

/** How the outside reaches this house. Known once it listens, since the port may be any free one. */
export interface OwnAddress {
  /** Origin for links, without a slash at the end. */
  readonly url: string
  /** Everything an `Origin` header of our own pages can say. */
  readonly origins: ReadonlySet<string>
  readonly secure: boolean
}

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

/** With PUBLIC_URL exactly that; without, the host listened on, and on loopback all the names loopback goes by. */
export function ownAddress(config: Pick<Config, 'publicUrl' | 'host'>, port: number): OwnAddress {
  if (config.publicUrl !== null) {
    const { origin, protocol } = new URL(config.publicUrl)
    return { url: origin, origins: new Set([origin]), secure: protocol === 'https:' }
  }
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  const everywhere = host === '0.0.0.0' || host === '[::]'
  const names = everywhere || loopbackNames.includes(host) ? loopbackNames : [host]
  const shown = everywhere ? '127.0.0.1' : host
  return {
    url: originOf(shown, port),
    origins: new Set([originOf(shown, port), ...names.map((name) => originOf(name, port))]),
    secure: false,
  }
}

function originOf(host: string, port: number): string {
  return new URL(`http://${host}:${port}`).origin
}
