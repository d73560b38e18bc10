import { randomUUID } from 'node:crypto'
import { v7 } from 'uuid'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Entry } from '#shared/documents/entries.ts'
import type { CommandMessage, CommandResult } from '#shared/protocol/commands-message.ts'
import type { DocumentListItem } from '#shared/protocol/documents-message.ts'
import type { SessionBody } from '#shared/protocol/session-body.ts'

/** A person at the outside of the house: HTTP and plain y-websocket, nothing of our own client. */
export interface User {
  readonly cookie: string
  readonly device: string
  readonly session: SessionBody
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>
  /** One command in a call of its own. */
  readonly command: (as: string, type: string, input: unknown) => Promise<CommandResult>
  readonly send: (commands: readonly CommandMessage[], device?: string) => Promise<Response>
  readonly message: (as: string, type: string, input: unknown) => CommandMessage
  readonly documents: (as: string) => Promise<readonly DocumentListItem[]>
  readonly open: (name: string) => Promise<OpenDocument>
  /** The entries of a view, read once. */
  readonly read: (as: string, view: string) => Promise<readonly Entry[]>
}

export interface OpenDocument {
  readonly doc: Y.Doc
  readonly entries: () => readonly Entry[]
  readonly seq: () => number
  /** Resolves when the condition holds; rejects after five seconds. */
  readonly until: (condition: (entries: readonly Entry[]) => boolean) => Promise<void>
  readonly closed: Promise<number>
  readonly end: () => void
}

export async function createUser(url: string, key: string): Promise<User> {
  const email = `${key.toLowerCase()}@example.test`
  const post = (path: string, body: unknown) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  await post('/api/session/code', { email })
  const code = await codeFor(url, email)
  const answer = await post('/api/session', { email, code })
  if (answer.status !== 200) throw new Error(`sign-in of ${key}: ${answer.status}`)
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''
  return userWith(url, cookie, (await answer.json()) as SessionBody)
}

async function codeFor(url: string, email: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const mails = (await (await fetch(`${url}/dev/mailbox.json?to=${encodeURIComponent(email)}`)).json()) as {
      text: string
    }[]
    for (const mail of mails) {
      const code = /^\s*([A-Z0-9]{4}[ -]?[A-Z0-9]{4})\s*$/m.exec(mail.text)?.[1]
      if (code !== undefined) return code
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`no code for ${email}`)
}

function userWith(url: string, cookie: string, session: SessionBody): User {
  const device: string = randomUUID()
  let seq = 0
  const doFetch = (path: string, init: RequestInit = {}) =>
    fetch(url + path, {
      ...init,
      headers: { cookie, ...(init.headers as Record<string, string> | undefined) },
    })
  const message = (as: string, type: string, input: unknown): CommandMessage => ({
    id: v7(),
    seq: ++seq,
    as,
    type,
    version: 1,
    input,
  })
  const send = (commands: readonly CommandMessage[], from = device) =>
    doFetch('/api/commands', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ device: from, commands }),
    })
  const documents = async (as: string) =>
    (await (await doFetch(`/api/documents?as=${as}`)).json()) as readonly DocumentListItem[]
  const open = (name: string) => openDocument(url, cookie, name)
  return {
    cookie,
    device,
    session,
    fetch: doFetch,
    message,
    send,
    documents,
    open,
    async command(as, type, input) {
      const answer = await send([message(as, type, input)])
      if (answer.status !== 200) throw new Error(`${type}: ${answer.status} ${await answer.text()}`)
      const { results } = (await answer.json()) as { results: CommandResult[] }
      return results[0]!
    },
    async read(as, view) {
      const listed = (await documents(as)).find((document) => document.view === view)
      if (listed === undefined) return []
      const opened = await open(listed.name)
      const entries = opened.entries()
      opened.end()
      return entries
    },
  }
}

function openDocument(url: string, cookie: string, name: string): Promise<OpenDocument> {
  class SignedInSocket extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { cookie } })
    }
  }
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/sync`, name, doc, {
    WebSocketPolyfill: SignedInSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  const map = doc.getMap<string>('entries')
  const entries = () => [...map.values()].map((value) => JSON.parse(value) as Entry)
  const closed = new Promise<number>((resolve) => {
    provider.on('connection-close', (event) => {
      if (event !== null && event.code >= 4400 && event.code < 4500) resolve(event.code)
    })
  })
  const opened: OpenDocument = {
    doc,
    entries,
    seq: () => Number(doc.getMap('meta').get('seq') ?? 0),
    until: (condition) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${name} never came to it`)), 5000)
        const check = () => {
          if (!condition(entries())) return
          clearTimeout(timer)
          doc.off('update', check)
          resolve()
        }
        doc.on('update', check)
        check()
      }),
    closed,
    end: () => {
      provider.destroy()
      doc.destroy()
    },
  }
  return new Promise((resolve, reject) => {
    provider.on('sync', (synced: boolean) => synced && resolve(opened))
    closed.then(
      (code) => reject(new Error(`closed ${code}`)),
      () => undefined,
    )
  })
}
