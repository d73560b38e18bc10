import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { WebSocket as NodeWebSocket } from 'ws'
import { createDevice, type Device } from '#client/core/create-device.ts'
import type { DeviceDeps } from '#client/core/device-deps.ts'
import type { User } from '../harness/user.ts'

/** A link that can be cut: nothing comes through, and what is open dies. */
export interface Link {
  readonly cut: () => void
  readonly mend: () => void
  /** Bytes received over sockets and HTTP bodies since the start. */
  readonly receivedBytes: () => number
}

export interface LinkedDevice {
  readonly device: Device
  readonly link: Link
  readonly indexedDB: IDBFactory
  /** The tab dies: nothing is saved or said. Start another on the same disk with `deviceOn(url, user, { indexedDB })`. */
  readonly kill: () => void
}

/** The whole client of a signed-in user, in this process, against a real server over a link that can be cut. */
export async function deviceOn(
  url: string,
  user: User,
  more: Partial<DeviceDeps> = {},
): Promise<LinkedDevice> {
  const indexedDB = more.indexedDB ?? new IDBFactory()
  const open = new Set<NodeWebSocket>()
  let isCut = false
  let bytes = 0
  class LinkedSocket extends NodeWebSocket {
    constructor(address: string) {
      super(address, { headers: { cookie: user.cookie, origin: url } })
      open.add(this)
      this.on('close', () => open.delete(this))
      this.on('message', (data: Buffer) => (bytes += data.byteLength))
      this.on('open', () => {
        if (isCut) this.terminate()
      })
      this.on('error', () => undefined)
    }
  }
  const linkedFetch: typeof fetch = async (input, init) => {
    if (isCut) throw new TypeError('the link is cut')
    const headers = new Headers(init?.headers)
    headers.set('cookie', user.cookie)
    headers.set('origin', url)
    const response = await fetch(input, { ...init, headers })
    if (isCut) throw new TypeError('the link was cut')
    bytes += Number(response.headers.get('content-length') ?? 0)
    return response
  }
  const device = await createDevice(user.session, {
    fetch: linkedFetch,
    WebSocket: LinkedSocket as unknown as DeviceDeps['WebSocket'],
    IDBKeyRange,
    origin: url,
    clock: { nowMs: () => Date.now() },
    random: () => 0,
    onFault: (fault) => {
      throw fault
    },
    ...more,
    indexedDB,
  })
  return {
    device,
    indexedDB,
    link: {
      cut: () => {
        isCut = true
        for (const socket of open) socket.terminate()
      },
      mend: () => {
        isCut = false
        device.wake()
      },
      receivedBytes: () => bytes,
    },
    kill: () => device.stop(),
  }
}
