/** Why a document's socket closed for good. 4400–4499 are final to y-websocket ≥ 3.1: it does not try again. */
export const closeCodes = {
  /** The client tried to write; documents are written by the server alone. */
  wrote: 4400,
  signInAgain: 4401,
  /** The right is gone: wipe the local copy. */
  noAccess: 4403,
  /** No such document. To a stranger, absent and forbidden look alike. */
  noDocument: 4404,
  /** The copy on the device belongs to another epoch: drop it and open anew. */
  otherEpoch: 4409,
  updateApp: 4426,
} as const
