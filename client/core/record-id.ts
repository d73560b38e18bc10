import { v7 as orderedUuid } from 'uuid'

/**
 * A fresh id for a bond somebody proposes. Ordered in time, so that the tables take new ones side by side; when it was asked is no
 * secret to either party. Ids of people are never made here: those must tell nothing.
 */
export function newRecordId(): string {
  return orderedUuid()
}
