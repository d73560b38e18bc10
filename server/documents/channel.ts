import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { closeCodes } from '#shared/protocol/close-codes.ts'
import type { AnswerBudget } from './answer-budget.ts'
import { vectorOf, type Documents } from './documents.ts'
import type { LoadedDocument } from './loaded-document.ts'

/** The message kinds of the y-websocket protocol. */
const messageSync = 0
const messageAwareness = 1
const syncStep1 = 0
const syncStep2 = 1
const syncUpdate = 2
/** Of the WebSocket protocol itself: policy violation. The device comes back after a while. */
const tooFast = 1008

/** One device reading one document, on a socket of its own or one of many on a shared one. */
export interface Channel {
  readonly receive: (bytes: Uint8Array) => void
  readonly shut: () => void
}

export interface ChannelDeps {
  readonly documents: Documents
  readonly document: LoadedDocument
  readonly account: string
  readonly budget?: AnswerBudget
  readonly send: (bytes: Uint8Array) => void
  readonly close: (code: number, reason: string) => void
}

/**
 * The server answers a device's vector with what it lacks, and then sends what comes. It never asks for the device's vector and
 * applies no byte of a device's: decoding hostile updates costs seconds and memory (F5), and documents are written by the server alone.
 */
export function createChannel(deps: ChannelDeps): Channel {
  const { documents, document, account, budget, send, close } = deps
  let level = false
  const unlisten = documents.listen(document, {
    account,
    update: (bytes) => {
      if (level) send(updateMessage(bytes))
    },
    close: (code, reason) => {
      unlisten()
      close(code, reason)
    },
  })

  function answerVector(bytes: Uint8Array): void {
    if (budget?.mayAnswer(account) === false) return close(tooFast, 'too fast')
    const theirs = Y.decodeStateVector(bytes)
    const ours = vectorOf(document)
    for (const [client, clock] of theirs) {
      if (clock > (ours.get(client) ?? 0)) return close(closeCodes.otherEpoch, 'ahead of the server')
    }
    send(syncMessage(syncStep2, missingFor(theirs, ours, bytes)))
    level = true
  }

  function missingFor(
    theirs: Map<number, number>,
    ours: Map<number, number>,
    vector: Uint8Array,
  ): Uint8Array {
    if (theirs.size === 0) return documents.copy(document)
    // Level already: every change moves the vector (the seq is written with each), so nothing else can be missing.
    if (theirs.size === ours.size && [...ours].every(([client, clock]) => theirs.get(client) === clock))
      return nothing
    if (budget?.mayCompute(account) === false) return documents.copy(document)
    return Y.encodeStateAsUpdate(document.doc, vector)
  }

  return {
    receive(bytes) {
      try {
        const decoder = decoding.createDecoder(bytes)
        if (decoding.readVarUint(decoder) !== messageSync) return
        const step = decoding.readVarUint(decoder)
        const payload = decoding.readVarUint8Array(decoder)
        if (step === syncStep1) answerVector(payload)
        else if (!isNothing(payload)) close(closeCodes.wrote, 'documents are written by the server')
      } catch {
        close(closeCodes.wrote, 'not the protocol')
      }
    },
    shut: unlisten,
  }
}

/** An update without structs and deletions. */
const nothing = new Uint8Array([0, 0])

function isNothing(bytes: Uint8Array): boolean {
  return bytes.length <= 2 && bytes.every((byte) => byte === 0)
}

/** Made once for all who read the document: a hundred copies of a large update cost more than the commit. */
const updateMessages = new WeakMap<Uint8Array, Uint8Array>()

function updateMessage(bytes: Uint8Array): Uint8Array {
  const made = updateMessages.get(bytes) ?? syncMessage(syncUpdate, bytes)
  updateMessages.set(bytes, made)
  return made
}

function syncMessage(step: number, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageSync)
  encoding.writeVarUint(encoder, step)
  encoding.writeVarUint8Array(encoder, bytes)
  return encoding.toUint8Array(encoder)
}

/** Says nothing, so that y-websocket (which hangs up after 30 silent seconds) knows that the server is there. */
export const keepAliveMessage: Uint8Array = (() => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageAwareness)
  encoding.writeVarUint8Array(encoder, new Uint8Array([0]))
  return encoding.toUint8Array(encoder)
})()
