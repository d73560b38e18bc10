import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { onTestFinished, vi } from 'vitest'
import { WebSocket as Socket } from 'ws'
import { createDevice, type Device } from '#client/core/create-device.ts'
import type { CommandsAnswer, CommandsMessage } from '#shared/protocol/commands-message.ts'
import type { TestHouse } from '../harness/start-house.ts'
import type { User } from '../harness/user.ts'

/** The way between a device and the house, which can be cut. */
export interface Link {
  /** Nothing gets through, and what was open breaks. */
  readonly cut: () => void
  /** Back again; with `sockets: false` only plain calls are. */
  readonly mend: (options?: { readonly sockets: boolean }) => void
  /** The house has moved to another address; the device does not know. */
  readonly leadTo: (url: string) => void
  /** Paths asked for, in order, since the last look. */
  readonly asked: string[]
  /** Every call with commands that reached the house, and its answer. */
  readonly sent: { readonly call: CommandsMessage; readonly answer: CommandsAnswer }[]
}

export interface RealDevice extends Device {
  readonly link: Link
  /** Everything on the device's disk as text, to look for what must not be there. */
  readonly disk: () => Promise<string>
}

/** The real client of a signed-in person, on a link of its own to the real house. */
export async function withDevice(house: TestHouse, user: User, party?: string): Promise<RealDevice> {
  const indexedDB = new IDBFactory()
  const faults: unknown[] = []
  const open = new Set<Socket>()
  let [calls, sockets] = [true, true]
  let target = house.url
  const asked: string[] = []
  const sent: { call: CommandsMessage; answer: CommandsAnswer }[] = []
  const link: Link = {
    asked,
    sent,
    leadTo: (url) => void (target = url),
    cut() {
      calls = sockets = false
      for (const socket of open) socket.terminate()
    },
    mend(options = { sockets: true }) {
      calls = true
      sockets = options.sockets
    },
  }
  class LinkSocket extends Socket {
    constructor(url: string | URL) {
      const { pathname, search } = new URL(url)
      super(sockets ? target.replace('http', 'ws') + pathname + search : 'ws://127.0.0.1:9', {
        headers: { cookie: user.cookie, origin: target },
      })
      asked.push(pathname)
      open.add(this)
      this.on('close', () => open.delete(this))
    }
  }
  const linkFetch: typeof fetch = async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input)
    if (!calls) throw new TypeError('fetch failed')
    asked.push(pathname)
    const headers = new Headers(init?.headers)
    headers.set('cookie', user.cookie)
    const answer = await fetch(target + pathname + search, { ...init, headers })
    if (!calls) throw new TypeError('fetch failed')
    if (pathname === '/api/commands' && answer.ok)
      sent.push({
        call: JSON.parse(init?.body as string) as CommandsMessage,
        answer: (await answer.clone().json()) as CommandsAnswer,
      })
    return answer
  }
  const device = await createDevice(user.session, {
    fetch: linkFetch,
    WebSocket: LinkSocket as unknown as typeof globalThis.WebSocket,
    indexedDB,
    IDBKeyRange,
    origin: 'http://handslag.test',
    // A device's clock is anybody's guess.
    clock: { nowMs: () => Date.parse('2026-11-22T03:04:05Z') },
    random: () => 0,
    isOnline: () => calls,
    onFault: (fault) => void faults.push(fault),
  })
  onTestFinished(() => {
    device.stop()
    if (faults.length > 0) throw new Error(`faults: ${faults.map(String).join('; ')}`, { cause: faults[0] })
  })
  if (party !== undefined) device.chooseRole(party)
  return { ...device, link, disk: () => textOf(indexedDB) }
}

async function textOf(factory: IDBFactory): Promise<string> {
  const texts: string[] = []
  for (const { name } of await factory.databases()) {
    const db = await resultOf(factory.open(name ?? ''))
    for (const store of db.objectStoreNames) {
      const all = await resultOf(db.transaction(store).objectStore(store).getAll())
      texts.push(
        JSON.stringify(all, (_, value: unknown) =>
          value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
        ),
      )
    }
    db.close()
  }
  return texts.join('\n')
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('not read')))
  })
}

/** Waits until it holds; the failing assertion is what is shown. */
export const eventually = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 8000, interval: 10 })
