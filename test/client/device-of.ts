import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, vi } from 'vitest'
import { createDevice, type Device } from '#client/core/create-device.ts'
import type { DeviceDeps } from '#client/core/device-deps.ts'
import type { SessionBody } from '#shared/protocol/session-body.ts'
import { sessionOf, type TinyServer } from './tiny-server.ts'

export const origin = 'https://handslag.test'
const started: Device[] = []
export const faults: unknown[] = []

afterEach(() => {
  for (const device of started.splice(0)) device.stop()
  const seen = faults.splice(0)
  if (seen.length > 0) throw new Error(`faults: ${seen.map(String).join('; ')}`, { cause: seen[0] })
})

/** One browser: its disk outlives its tabs. */
export interface Browser {
  readonly indexedDB: IDBFactory
}

export const newBrowser = (): Browser => ({ indexedDB: new IDBFactory() })

export function depsOf(server: TinyServer, browser: Browser, more: Partial<DeviceDeps> = {}): DeviceDeps {
  return {
    fetch: server.fetch,
    WebSocket: server.WebSocket,
    indexedDB: browser.indexedDB,
    IDBKeyRange,
    origin,
    clock: { nowMs: () => Date.now() },
    random: () => 0,
    onFault: (fault) => void faults.push(fault),
    ...more,
  }
}

export async function startDevice(
  server: TinyServer,
  browser: Browser,
  more: Partial<DeviceDeps> & { readonly session?: SessionBody } = {},
): Promise<Device> {
  const { session = sessionOf(server.sessionAccount ?? 'a1'), ...deps } = more
  const device = await createDevice(session, depsOf(server, browser, deps))
  started.push(device)
  return device
}

/** Waits until it holds; the failing assertion is what is shown. */
export const eventually = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 4000, interval: 5 })
