import type { Life, Timeline } from './timeline.ts'

/** The server's end of a socket, as `ws` gives it. */
export interface ServerEnd {
  readonly OPEN: 1
  readyState: number
  readonly bufferedAmount: 0
  readonly accepted: () => void
  readonly on: (type: string, heard: (...given: never[]) => void) => ServerEnd
  readonly send: (data: Uint8Array | string) => void
  readonly close: (code?: number) => void
  readonly terminate: () => void
  readonly ping: () => void
}

export interface LinkDeps {
  readonly timeline: Timeline
  readonly server: Life
  readonly device: Life
  readonly delayMs: () => number
  /** Asked for each frame: does the link die of it, without a word to either end? */
  readonly dies: () => boolean
  readonly onToDevice: (data: Uint8Array | string) => void
  readonly onBeforeDelivery: (data: Uint8Array | string) => void
  readonly trace: (what: string, data?: Uint8Array | string) => void
}

/** One WebSocket between a device and the server: frames stay in order and come late; the link can be cut, or die in silence. */
export interface Link {
  readonly serverEnd: ServerEnd
  readonly deviceEnd: DeviceEnd
  readonly isUp: () => boolean
  /** Both ends hear it, each when it hears it. */
  readonly cut: () => void
  /** It never came about. */
  readonly refuse: () => void
  /** Nothing comes through any more, and nobody is told. */
  readonly die: () => void
}

export interface DeviceEnd {
  binaryType: string
  readyState: number
  readonly addEventListener: (
    type: string,
    heard: (event: object) => void,
    options?: { readonly signal?: AbortSignal },
  ) => void
  readonly removeEventListener: (type: string, heard: (event: object) => void) => void
  readonly send: (data: Uint8Array | string) => void
  readonly close: () => void
}

const lost = 1006

export function createLink(deps: LinkDeps): Link {
  const { timeline, server, device } = deps
  let deviceHears: {
    readonly type: string
    readonly one: (event: object) => void
    readonly signal: AbortSignal | undefined
  }[] = []
  const heard = new Map<string, ((...given: never[]) => void)[]>()
  let silent = false
  let freeToDevice = 0
  let freeToServer = 0

  const tell = (type: string, ...given: unknown[]) => {
    for (const one of heard.get(type)?.slice() ?? []) one(...(given as never[]))
  }
  const tellDevice = (type: string, event: object) => {
    for (const { type: of, one, signal } of deviceHears.slice())
      if (of === type && signal?.aborted !== true) one(event)
  }
  /** After everything sent before it, the same way. */
  function toDevice(run: () => void): void {
    if (silent) return
    freeToDevice = Math.max(freeToDevice, timeline.nowMs() + deps.delayMs())
    timeline.plan(freeToDevice - timeline.nowMs(), () => void (silent || run()), device)
  }
  function toServer(run: () => void): void {
    if (silent) return
    freeToServer = Math.max(freeToServer, timeline.nowMs() + deps.delayMs())
    timeline.plan(freeToServer - timeline.nowMs(), () => void (silent || run()), server)
  }
  function serverHearsClose(): void {
    if (serverEnd.readyState === 3) return
    serverEnd.readyState = 3
    tell('close')
  }
  function deviceHearsClose(code: number): void {
    if (deviceEnd.readyState === 3) return
    deviceEnd.readyState = 3
    deps.trace(`close ${code}`)
    tellDevice('close', { code })
  }

  const serverEnd: ServerEnd = {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    accepted: () =>
      toDevice(() => {
        if (deviceEnd.readyState !== 0) return
        deviceEnd.readyState = 1
        deps.trace('open')
        tellDevice('open', {})
      }),
    on: (type, one) => {
      heard.set(type, [...(heard.get(type) ?? []), one])
      return serverEnd
    },
    send: (data) => {
      if (serverEnd.readyState !== 1 || !server.alive) return
      const copy = typeof data === 'string' ? data : data.slice()
      deps.onToDevice(copy)
      if (deps.dies()) silent = true
      toDevice(() => {
        if (deviceEnd.readyState !== 1) return
        deps.onBeforeDelivery(copy)
        deps.trace('<', copy)
        tellDevice('message', { data: typeof copy === 'string' ? copy : copy.buffer })
      })
    },
    close: (code = 1000) => {
      if (serverEnd.readyState !== 1 || !server.alive) return
      toDevice(() => deviceHearsClose(code))
      timeline.plan(1, serverHearsClose, server)
    },
    terminate: () => {
      silent = true
      timeline.plan(1, serverHearsClose, server)
    },
    ping: () => toDevice(() => toServer(() => tell('pong'))),
  }
  const deviceEnd: DeviceEnd = {
    binaryType: 'blob',
    readyState: 0,
    addEventListener: (type, one, options) => {
      deviceHears.push({ type, one, signal: options?.signal })
    },
    removeEventListener: (type, one) => {
      deviceHears = deviceHears.filter((other) => other.type !== type || other.one !== one)
    },
    send: (data) => {
      if (deviceEnd.readyState !== 1) return
      const copy = typeof data === 'string' ? data : data.slice()
      deps.trace('>', copy)
      if (deps.dies()) silent = true
      const binary = typeof copy !== 'string'
      toServer(() => {
        if (serverEnd.readyState === 1) tell('message', binary ? copy : Buffer.from(copy), binary)
      })
    },
    close: () => {
      if (deviceEnd.readyState === 3) return
      deviceEnd.readyState = 3
      toServer(serverHearsClose)
    },
  }
  return {
    serverEnd,
    deviceEnd,
    isUp: () => !silent && serverEnd.readyState === 1 && deviceEnd.readyState !== 3,
    cut: () => {
      toDevice(() => deviceHearsClose(lost))
      toServer(serverHearsClose)
    },
    refuse: () => timeline.plan(deps.delayMs(), () => deviceHearsClose(lost), device),
    die: () => {
      silent = true
    },
  }
}
