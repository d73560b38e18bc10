import type { Handshake, HandshakeAnswer } from '#shared/protocol/documents-message.ts'
import type { DeviceStore } from '../store/device-store.ts'
import { readMarks } from '../store/document-store.ts'
import type { DocumentConnection } from './document-connection.ts'
import type { Call, ServerCalls } from './server-calls.ts'

const maxHeld = 1000

/** Says what the device holds, of all roles; hears first of all what it must let go of. */
export async function shakeHands(
  calls: ServerCalls,
  store: DeviceStore,
  party: string,
  open: ReadonlyMap<string, DocumentConnection>,
): Promise<Call<HandshakeAnswer>> {
  const have = (await readMarks(store)).slice(0, maxHeld).map(({ name, epoch, seq }) => {
    const connection = open.get(name)
    // What is open may be ahead of what has been written down.
    return connection === undefined
      ? { name, epoch, seq }
      : { name, epoch: connection.epoch, seq: connection.seq() }
  })
  const message: Handshake = { as: party, have }
  return calls.json<HandshakeAnswer>('POST', '/api/documents/handshake', message)
}

/**
 * An account has one document of its own. An answer with another's comes of another's session: the cookie changed hands in
 * another tab. Nothing of it may be applied here.
 */
export function isForAnother(answer: HandshakeAnswer, account: string): boolean {
  return answer.documents.some(({ name }) => name.startsWith('me/') && name !== `me/${account}`)
}
