import { documentCopyPath } from '#shared/protocol/documents-message.ts'

type Json = Readonly<Record<string, unknown>>

/** One door of the house. Names in braces are parts of the path; the others stand in the query. */
export interface RouteDescription {
  readonly method: 'get' | 'post' | 'delete'
  readonly path: string
  readonly summary: string
  /** Needs no session. */
  readonly open?: true
  readonly parameters?: readonly string[]
  readonly body?: Json
  readonly answers: readonly (readonly [status: number, description: string, schema?: Json])[]
}

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
const said = (status: number, description: string) => [status, description, ref('Problem')] as const

const notSignedIn = said(401, 'Nobody is signed in')
const foreign = said(403, 'From a page that is not ours')
const shape = said(400, 'Not the shape, or over a limit; `field` names what')
const tooLarge = said(413, 'More than 256 kB')
const tooFast = said(429, 'Too fast; Retry-After says how many seconds to wait')
const email: Json = { type: 'string', maxLength: 254 }

/** Every route of the outside contract. */
export const routeDescriptions: readonly RouteDescription[] = [
  {
    method: 'post',
    path: '/api/session/code',
    summary: 'Ask for a code by e-mail. The answer is the same whether the address is known or not.',
    open: true,
    body: { type: 'object', properties: { email }, required: ['email'], additionalProperties: false },
    answers: [[204, 'Heard'], shape, foreign, tooFast],
  },
  {
    method: 'post',
    path: '/api/session',
    summary: 'Sign in with the code. Sets the session cookie.',
    open: true,
    body: {
      type: 'object',
      properties: { email, code: { type: 'string', maxLength: 40 } },
      required: ['email', 'code'],
      additionalProperties: false,
    },
    answers: [[200, 'Signed in', ref('Session')], shape, said(401, 'Not a living code'), foreign, tooFast],
  },
  {
    method: 'get',
    path: '/api/session',
    summary: 'Who is signed in, and as what the person may act.',
    answers: [[200, 'The session', ref('Session')], notSignedIn],
  },
  {
    method: 'delete',
    path: '/api/session',
    summary: 'Sign out here, or everywhere with everywhere=1. Open sockets close with 4401.',
    open: true,
    parameters: ['everywhere'],
    answers: [[204, 'Signed out; the browser is told to clear what it keeps'], foreign],
  },
  {
    method: 'post',
    path: '/api/commands',
    summary: 'Up to 100 commands, answered in order. The same id again gets the same answer.',
    body: ref('Commands'),
    answers: [
      [200, 'The fate of each', ref('CommandsAnswer')],
      shape,
      notSignedIn,
      foreign,
      tooLarge,
      tooFast,
      said(503, 'Stopping; ask again'),
    ],
  },
  {
    method: 'get',
    path: '/api/documents',
    summary: 'The documents this account may open in that role.',
    parameters: ['as'],
    answers: [[200, 'Names and epochs', ref('Documents')], notSignedIn],
  },
  {
    method: 'post',
    path: '/api/documents/handshake',
    summary: 'What the device holds; the answer says first what it must let go of.',
    body: ref('Handshake'),
    answers: [[200, 'What to erase and what to open', ref('HandshakeAnswer')], shape, notSignedIn, foreign],
  },
  {
    method: 'get',
    path: documentCopyPath,
    summary: 'A whole document for a first visit; headers x-epoch and x-seq.',
    parameters: ['name'],
    answers: [
      [200, 'A Yjs update', { type: 'string', format: 'binary' }],
      notSignedIn,
      said(404, 'No such document, or not for this account'),
    ],
  },
  {
    method: 'get',
    path: '/sync/{name}',
    summary:
      'WebSocket, y-websocket protocol, one document. Closes with 4400, 4401, 4403, 4404, 4409 or 4426.',
    parameters: ['{name}'],
    answers: [[101, 'Switching protocols']],
  },
  {
    method: 'get',
    path: '/sync',
    summary: 'WebSocket of the app, many documents on one socket.',
    answers: [[101, 'Switching protocols']],
  },
  {
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This description.',
    open: true,
    answers: [[200, 'OpenAPI 3.1']],
  },
  {
    method: 'get',
    path: '/healthz',
    summary: 'The process lives.',
    open: true,
    answers: [[200, 'It does']],
  },
  {
    method: 'get',
    path: '/readyz',
    summary: 'The database answers.',
    open: true,
    answers: [
      [200, 'It does'],
      [503, 'It does not'],
    ],
  },
]
