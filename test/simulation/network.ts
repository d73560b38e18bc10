import { createGuard, type Guard } from './guard.ts'
import { createLink, type DeviceEnd, type Link } from './link.ts'
import { origin, type ServerMachine } from './server-machine.ts'
import type { Sim } from './sim.ts'
import { describe } from './sim.ts'
import type { Life } from './timeline.ts'

/** What the network knows of a device: who it says it is, and whether it has a network. */
export interface Place {
  readonly name: string
  readonly account: string
  readonly life: () => Life
  readonly isOnline: () => boolean
  readonly cookie: () => string
  /** An answer is about to be given to the device. */
  readonly onAnswer: (path: string, body: Uint8Array) => void
  readonly onFrame: (data: Uint8Array | string) => void
}

export interface Network {
  readonly guard: Guard
  readonly fetchFor: (place: Place) => typeof fetch
  readonly webSocketFor: (place: Place) => new (url: string) => WebSocket
  readonly links: () => readonly Link[]
  readonly linksOf: (place: Place) => readonly Link[]
  /** The server is gone: who waits for an answer hears that none will come. */
  readonly serverDown: () => void
}

const tickMs = 20
/** 0–60 ticks. Calls overtake each other; frames of one socket do not. */
const slowestTicks = 60
const patienceMs = 30_000

export function createNetwork(sim: Sim, server: ServerMachine): Network {
  const { timeline, weather } = sim
  const guard = createGuard(sim)
  const links = new Map<Link, Place>()
  const waiting = new Set<() => void>()
  const delayMs = () => tickMs * weather.below(sim.stormy ? slowestTicks : 4) + 1
  const strikes = (probability: number) => sim.stormy && weather.chance(probability)

  async function serve(place: Place, path: string, init: RequestInit): Promise<Answer> {
    const response = await server.house().app.request(path, init)
    const body = new Uint8Array(await response.arrayBuffer())
    const headers = [...response.headers].filter(
      ([name]) => name === 'x-epoch' || name === 'x-seq' || name === 'retry-after',
    )
    if (server.life().alive && server.isUp())
      guard.answer(place.account, typeof init.body === 'string' ? init.body : '', body, server.store().facts)
    return { status: response.status, headers, body }
  }

  function ask(place: Place, path: string, init: RequestInit): Promise<Response> {
    const mine = place.life()
    return new Promise((resolve, reject) => {
      let over = false
      const end = (afterMs: number, how: () => void) => {
        if (over) return
        over = true
        waiting.delete(breakOff)
        timeline.plan(afterMs, how, mine)
      }
      const lose = (afterMs: number) => end(afterMs, () => reject(new TypeError('network')))
      const breakOff = () => lose(delayMs())
      if (!place.isOnline() || !server.isUp()) return lose(delayMs())
      waiting.add(breakOff)
      const lostHere = strikes(0.06)
      const lostThere = strikes(0.06)
      const serving = server.life()
      const arrive = async (counts: boolean) => {
        sim.count('calls')
        const answer = await serve(place, path, init)
        if (!counts || !serving.alive || over) return
        if (lostThere || !place.isOnline()) return lose(strikes(0.1) ? patienceMs : delayMs())
        end(delayMs(), () => {
          sim.trace(`answer ${answer.status} ${path}`, answer.body)
          place.onAnswer(path, answer.body)
          resolve(asResponse(answer))
        })
      }
      const failed = (fault: unknown) => {
        if (serving.alive) sim.fail(`call failed: ${describe(fault)}`)
      }
      if (lostHere) lose(strikes(0.1) ? patienceMs : delayMs())
      else timeline.plan(delayMs(), () => void arrive(true).catch(failed), serving)
      if (strikes(0.1)) timeline.plan(delayMs() + delayMs(), () => void arrive(false).catch(failed), serving)
    })
  }

  function fetchFor(place: Place): typeof fetch {
    return (async (input: string, given: RequestInit = {}) => {
      const url = new URL(input)
      const path = url.pathname + url.search
      const headers = new Headers(given.headers)
      headers.set('cookie', place.cookie())
      headers.set('origin', origin)
      const { method = 'GET', body = null } = given
      sim.trace(`${method} ${path}`, typeof body === 'string' ? body : '')
      return ask(place, path, { method, headers, ...(body === null ? {} : { body }) })
    }) as unknown as typeof fetch
  }

  function connect(place: Place, url: string): DeviceEnd {
    const device = place.life()
    const serving = server.life()
    const link: Link = createLink({
      timeline,
      server: serving,
      device,
      delayMs,
      dies: () => strikes(0.003),
      onToDevice: (data) => guard.frame(place.account, data, server.store()),
      onBeforeDelivery: place.onFrame,
      trace: (what, data) => sim.trace(`${place.name} ws ${what}`, data),
    })
    if (!place.isOnline() || !server.isUp() || strikes(0.12)) {
      link.refuse()
      return link.deviceEnd
    }
    links.set(link, place)
    const { pathname, search } = new URL(url)
    timeline.plan(
      delayMs(),
      () =>
        void server.upgrade({
          url: pathname + search,
          headers: { cookie: place.cookie(), origin },
          end: link.serverEnd,
        }),
      serving,
    )
    return link.deviceEnd
  }

  function living(): Link[] {
    for (const link of links.keys()) if (!link.isUp()) links.delete(link)
    return [...links.keys()]
  }

  return {
    guard,
    fetchFor,
    webSocketFor: (place) =>
      function (url: string) {
        return connect(place, url)
      } as unknown as new (url: string) => WebSocket,
    links: living,
    linksOf: (place) => living().filter((link) => links.get(link) === place),
    serverDown: () => {
      for (const link of living()) {
        if (strikes(0.3)) link.die()
        else link.cut()
      }
      for (const breakOff of waiting) breakOff()
    },
  }
}

interface Answer {
  readonly status: number
  readonly headers: readonly [string, string][]
  readonly body: Uint8Array
}

/** As much of a Response as the client asks of one. */
function asResponse({ status, headers, body }: Answer): Response {
  const text = () => Buffer.from(body).toString('utf8')
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: new Headers(headers.map(([name, value]) => [name, value] as [string, string])),
    body: null,
    json: async () => JSON.parse(text()) as unknown,
    text: async () => text(),
    arrayBuffer: async () => body.slice().buffer,
  } as unknown as Response
}
