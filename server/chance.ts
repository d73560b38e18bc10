import { randomBytes, randomUUID } from 'node:crypto'

/** Where the house gets what must not be guessed. Given from outside, so that a simulated house can be run again exactly. */
export interface Chance {
  /** A fresh id of a record: random, so that it tells neither when nor whether something existed before. */
  readonly id: () => string
  /** A fresh epoch of a document. */
  readonly epoch: () => string
  /** A fresh Yjs client id. */
  readonly clientId: () => number
}

export const realChance: Chance = {
  id: randomUUID,
  epoch: () => randomBytes(9).toString('base64url'),
  clientId: () => randomBytes(4).readUInt32LE(),
}
