import * as v from 'valibot'

/** GET /api/documents?as=PARTY */
export interface DocumentListItem {
  readonly name: string
  readonly view: string
  readonly epoch: string
}

/**
 * POST /api/documents/handshake. The device says what it holds; the answer says first of all what it must let go of.
 * Nothing else may be applied before that has been done.
 */
export const handshakeSchema = v.strictObject({
  as: v.pipe(v.string(), v.maxLength(64)),
  have: v.pipe(
    v.array(
      v.strictObject({
        name: v.pipe(v.string(), v.maxLength(160)),
        epoch: v.pipe(v.string(), v.maxLength(64)),
        seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      }),
    ),
    v.maxLength(1000),
  ),
})
export type Handshake = v.InferOutput<typeof handshakeSchema>

export interface HandshakeAnswer {
  readonly now: string
  readonly documents: readonly {
    readonly name: string
    readonly view: string
    readonly epoch: string
    readonly seq: number
    /** Keys that have left the document since the device's `seq`: erase their rows at once. */
    readonly purge: readonly string[]
  }[]
  /** Documents the device holds and may no longer hold (or that have a new epoch): erase them whole. */
  readonly drop: readonly string[]
}

/**
 * GET /api/documents/copy?name=NAME → the whole document for a first visit, compressed by HTTP:
 * header `x-epoch`, `x-seq`; body = Y.encodeStateAsUpdate. Errors as the socket: 401, 404.
 */
export const documentCopyPath = '/api/documents/copy'

/**
 * WS /sync carries many documents on one socket. Each binary frame: varString channel name, then the y-websocket message.
 * A text frame is control, JSON: {"open": NAME, "epoch": EPOCH} and {"shut": NAME} from the device,
 * {"opened": NAME} and {"closed": NAME, "code": 44xx} from the server; {"alive": ISO} at least every 25 s.
 */
export const manyDocumentsPath = '/sync'
