import { Hono } from 'hono'
import * as v from 'valibot'
import { documentsFor, mayOpen } from '#shared/documents/audience.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import {
  handshakeSchema,
  type DocumentListItem,
  type HandshakeAnswer,
} from '#shared/protocol/documents-message.ts'
import { problem, readJson, readQuery } from '../http/problem.ts'
import type { ServerEnv } from '../http/server-env.ts'
import { requireSession } from '../sessions/read-session.ts'
import { compressedCopy } from './compressed-copy.ts'
import type { Documents } from './documents.ts'

export interface DocumentRoutesDeps {
  readonly documents: Documents
  readonly facts: Facts
  readonly now: () => string
}

export function documentRoutes({ documents, facts, now }: DocumentRoutesDeps): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>()
  app.use(requireSession)

  app.get('/', async (c) => {
    const { as } = readQuery(c, v.object({ as: v.pipe(v.string(), v.maxLength(64)) }))
    const account = c.get('session')?.account ?? ''
    const list: DocumentListItem[] = []
    for (const { name, view } of documentsFor(account, as, facts)) {
      const document = await documents.open(name)
      if (document !== undefined) list.push({ name, view, epoch: document.epoch })
    }
    return c.json(list)
  })

  app.post('/handshake', async (c) => {
    const { as, have } = await readJson(c, handshakeSchema)
    const account = c.get('session')?.account ?? ''
    const drop: string[] = []
    const held = new Map(have.map((one) => [one.name, one]))
    const answer: HandshakeAnswer['documents'][number][] = []
    for (const { name, view } of documentsFor(account, as, facts)) {
      const document = await documents.open(name)
      if (document === undefined) continue
      const mine = held.get(name)
      const level = mine !== undefined && mine.epoch === document.epoch
      if (mine !== undefined && !level) drop.push(name)
      const purge = level ? documents.purgeSince(name, mine.seq) : []
      answer.push({ name, view, epoch: document.epoch, seq: document.seq, purge })
      held.delete(name)
    }
    // What the device holds of other roles stays while the account may still open it, and goes when it may not.
    for (const name of held.keys()) if (!mayOpen(account, name, facts)) drop.push(name)
    return c.json({ now: now(), documents: answer, drop } satisfies HandshakeAnswer)
  })

  app.get('/copy', async (c) => {
    const { name } = readQuery(c, v.object({ name: v.pipe(v.string(), v.maxLength(160)) }))
    const account = c.get('session')?.account ?? ''
    const document = mayOpen(account, name, facts) ? await documents.open(name) : undefined
    if (document === undefined) return problem(c, 404, 'not-found')
    c.header('x-epoch', document.epoch)
    c.header('x-seq', String(document.seq))
    return compressedCopy(c, document, documents.copy(document))
  })
  return app
}
