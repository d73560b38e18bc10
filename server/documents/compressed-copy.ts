import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context } from 'hono'
import type { LoadedDocument } from './loaded-document.ts'

const compress = promisify(gzip)
/** One compressed copy per document at a time: many devices of one organisation ask for the same. */
const compressedOf = new WeakMap<LoadedDocument, { readonly seq: number; readonly bytes: Promise<Buffer> }>()

/** Entries are JSON text and shrink to an eighth; below a kilobyte it is not worth the while. */
export async function compressedCopy(
  c: Context,
  document: LoadedDocument,
  bytes: Uint8Array,
): Promise<Response> {
  c.header('content-type', 'application/octet-stream')
  c.header('vary', 'accept-encoding')
  if (bytes.length < 1024 || !(c.req.header('accept-encoding') ?? '').includes('gzip'))
    return c.body(bytes.slice().buffer)
  let standing = compressedOf.get(document)
  if (standing === undefined || standing.seq !== document.seq) {
    standing = { seq: document.seq, bytes: compress(bytes, { level: 5 }) }
    compressedOf.set(document, standing)
  }
  c.header('content-encoding', 'gzip')
  const packed = await standing.bytes
  return c.body(new Uint8Array(packed).buffer)
}
