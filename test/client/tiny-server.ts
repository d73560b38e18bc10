// The protocol's other end, as small as it can be, with a link that can be cut. Not our server: that one is in test/scenarios.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Entry } from '#shared/documents/entries.ts'
import type { CommandMessage, CommandResult, CommandsMessage } from '#shared/protocol/commands-message.ts'
import type { Handshake, HandshakeAnswer } from '#shared/protocol/documents-message.ts'

interface Served {
  doc: Y.Doc
  epoch: string
  seq: number
  view: string
  party: string
  left: { key: string; seq: number }[]
}

type Answer = (message: CommandsMessage) => Response | CommandResult[] | 'lose the answer'

export interface TinyServer {
  readonly fetch: typeof fetch
  readonly WebSocket: new (url: string) => WebSocket
  readonly documents: Map<string, Served>
  readonly received: CommandMessage[]
  readonly calls: CommandsMessage[]
  readonly clientWrites: number
  readonly copies: string[]
  sessionAccount: string | null
  reachable: boolean
  /** Says what becomes of the next calls to /api/commands, in order; then everything is accepted. */
  readonly answers: Answer[]
  /** What an accepted command does. */
  onAccepted: (command: CommandMessage) => { name: string; seq: number }[]
  readonly serve: (name: string, view: string, party: string, entries?: readonly Entry[]) => void
  readonly put: (name: string, ...entries: readonly Entry[]) => number
  readonly remove: (name: string, ...keys: readonly string[]) => number
  readonly reseed: (name: string) => void
  readonly deny: (name: string, code: number) => void
  readonly cut: () => void
  /** Holds what the socket would bring. */
  hold: boolean
  readonly release: () => void
  readonly sockets: () => number
  readonly events: string[]
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })

export function startTinyServer(account: string): TinyServer {
  const sockets = new Set<Socket>()
  const fates = new Map<string, CommandResult>()
  let held: (() => void)[] = []
  let writes = 0

  function deliver(work: () => void): void {
    if (server.hold) held.push(work)
    else setTimeout(work, 0)
  }
  function served(name: string): Served {
    const found = server.documents.get(name)
    if (found === undefined) throw new Error(`no document ${name}`)
    return found
  }
  function change(name: string, work: (entries: Y.Map<unknown>, seq: number) => void): number {
    const one = served(name)
    one.seq += 1
    one.doc.transact(() => {
      work(one.doc.getMap('entries'), one.seq)
      one.doc.getMap('meta').set('seq', one.seq)
    })
    return one.seq
  }
  function fresh(name: string, view: string, party: string, entries: readonly Entry[], epoch: string): void {
    const doc = new Y.Doc()
    const one: Served = { doc, epoch, seq: 0, view, party, left: [] }
    server.documents.set(name, one)
    server.put(name, ...entries)
    doc.on('update', (update: Uint8Array) => {
      for (const socket of sockets) socket.update(name, update)
    })
  }

  class Socket {
    binaryType = 'arraybuffer'
    readyState = 0
    readonly listeners = new Map<string, (event: unknown) => void>()
    readonly level = new Set<string>()
    constructor(url: string) {
      server.events.push(`dial ${new URL(url).pathname}`)
      setTimeout(() => {
        if (!server.reachable) return this.end(1006)
        if (server.sessionAccount === null) return this.end(4401)
        sockets.add(this)
        this.readyState = 1
        this.hear('open', {})
      }, 0)
    }
    addEventListener(type: string, listener: (event: unknown) => void): void {
      this.listeners.set(type, listener)
    }
    hear(type: string, event: unknown): void {
      this.listeners.get(type)?.(event)
    }
    send(data: string | Uint8Array): void {
      if (typeof data === 'string') {
        const { open, epoch } = JSON.parse(data) as { open?: string; epoch?: string }
        if (open === undefined) return
        server.events.push(`open ${open}`)
        const one = server.documents.get(open)
        if (one === undefined) this.tell({ closed: open, code: 4404 })
        else if (one.epoch !== epoch) this.tell({ closed: open, code: 4409 })
        else this.tell({ opened: open })
        return
      }
      const decoder = decoding.createDecoder(data)
      const name = decoding.readVarString(decoder)
      if (decoding.readVarUint(decoder) !== 0) return
      const step = decoding.readVarUint(decoder)
      const bytes = decoding.readVarUint8Array(decoder)
      const one = server.documents.get(name)
      if (one === undefined) return
      if (step !== 0) {
        writes += 1
        return this.tell({ closed: name, code: 4400 })
      }
      this.level.add(name)
      this.message(name, 1, Y.encodeStateAsUpdate(one.doc, bytes))
    }
    message(name: string, step: number, bytes: Uint8Array): void {
      const encoder = encoding.createEncoder()
      encoding.writeVarString(encoder, name)
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarUint(encoder, step)
      encoding.writeVarUint8Array(encoder, bytes)
      const frame = encoding.toUint8Array(encoder)
      deliver(() => this.hear('message', { data: frame.slice().buffer }))
    }
    update(name: string, update: Uint8Array): void {
      if (this.level.has(name)) this.message(name, 2, update)
    }
    tell(frame: object): void {
      deliver(() => this.hear('message', { data: JSON.stringify(frame) }))
    }
    close(): void {
      sockets.delete(this)
      this.readyState = 3
    }
    end(code: number): void {
      this.close()
      this.hear('close', { code })
    }
  }

  function handshake({ as, have }: Handshake): HandshakeAnswer {
    const drop: string[] = []
    const documents = [...server.documents]
      .filter(([name, one]) => one.party === as || name.startsWith('me/'))
      .map(([name, { epoch, seq, view, left }]) => {
        const mine = have.find((held) => held.name === name)
        if (mine !== undefined && mine.epoch !== epoch) drop.push(name)
        const purge = left.filter((one) => mine !== undefined && one.seq > mine.seq).map(({ key }) => key)
        return { name, view, epoch, seq, purge }
      })
    for (const { name } of have) if (!server.documents.has(name)) drop.push(name)
    return { now: new Date().toISOString(), documents, drop }
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    server.events.push(`${request.method} ${url.pathname}`)
    const asked = request.headers.get('x-account')
    if (url.pathname === '/api/session' && request.method === 'DELETE')
      return new Response(null, { status: 204 })
    if (server.sessionAccount === null) return json({}, 401)
    if (url.pathname === '/api/session') return json(sessionOf(server.sessionAccount))
    if (asked !== null && asked !== server.sessionAccount) return json({}, 401)
    if (url.pathname === '/api/documents/handshake')
      return json(handshake((await request.json()) as Handshake))
    if (url.pathname === '/api/documents/copy') {
      const name = url.searchParams.get('name') ?? ''
      server.copies.push(name)
      const one = server.documents.get(name)
      if (one === undefined) return json({}, 404)
      const bytes = Y.encodeStateAsUpdate(one.doc).slice()
      return new Response(bytes, { headers: { 'x-epoch': one.epoch, 'x-seq': String(one.seq) } })
    }
    if (url.pathname === '/api/commands') return commands((await request.json()) as CommandsMessage)
    return json({}, 404)
  }

  function commands(message: CommandsMessage): Response {
    server.calls.push(message)
    const next = server.answers.shift()
    const said = next?.(message)
    if (said instanceof Response) return said
    const results = Array.isArray(said) ? said : message.commands.map(fateOf)
    if (said === 'lose the answer') throw new TypeError('network')
    return json({ results })
  }
  function fateOf(command: CommandMessage): CommandResult {
    const known = fates.get(command.id)
    if (known !== undefined) return known
    server.received.push(command)
    const fate: CommandResult = {
      id: command.id,
      status: 'accepted',
      at: new Date().toISOString(),
      documents: server.onAccepted(command),
    }
    fates.set(command.id, fate)
    return fate
  }

  const server: TinyServer = {
    documents: new Map(),
    received: [],
    calls: [],
    copies: [],
    answers: [],
    events: [],
    sessionAccount: account,
    reachable: true,
    hold: false,
    onAccepted: () => [],
    get clientWrites() {
      return writes
    },
    fetch: async (input, init) => {
      await new Promise((resolve) => setTimeout(resolve, 0))
      if (!server.reachable) throw new TypeError('network')
      return answer(new Request(input, init))
    },
    WebSocket: Socket as unknown as new (url: string) => WebSocket,
    serve: (name, view, party, entries = []) => fresh(name, view, party, entries, 'e1'),
    put: (name, ...entries) =>
      change(name, (map) => {
        for (const entry of entries) map.set(`${entry.kind}:${entry.id}`, JSON.stringify(entry))
      }),
    remove: (name, ...keys) =>
      change(name, (map, seq) => {
        for (const key of keys) {
          map.delete(key)
          served(name).left.push({ key, seq })
        }
      }),
    reseed: (name) => {
      const { doc, epoch, view, party } = served(name)
      const entries = [...doc.getMap('entries').values()].map((text) => JSON.parse(text as string) as Entry)
      fresh(name, view, party, entries, `${epoch}+`)
      for (const socket of sockets) socket.tell({ closed: name, code: 4409 })
    },
    deny: (name, code) => {
      server.documents.delete(name)
      for (const socket of sockets) socket.tell({ closed: name, code })
    },
    cut: () => {
      const all = new Set(sockets)
      for (const socket of all) socket.end(1006)
    },
    release: () => {
      server.hold = false
      const work = held
      held = []
      for (const one of work) one()
    },
    sockets: () => sockets.size,
  }
  return server
}

export function sessionOf(account: string) {
  const now = new Date().toISOString()
  return {
    account,
    person: { id: `person-${account}`, name: 'Anna', email: `${account}@example.test`, locale: 'sv' },
    roles: [
      {
        party: 'org-1',
        name: 'Bolaget',
        kind: 'brokerage' as const,
        tier: 'AF' as const,
        rights: [
          'contacts.read',
          'person.relate',
          'person.pay',
          'company.relate',
          'overview.read',
          'payers.read',
        ] as const,
      },
      {
        party: `person-${account}`,
        name: 'Anna',
        kind: 'person' as const,
        tier: null,
        rights: ['own.relations', 'own.payer'] as const,
      },
    ],
    register: { name: 'Registret', office: 'kansliet' },
    now,
    today: now.slice(0, 10),
  }
}
