import { v4 as randomUuid } from 'uuid'

/** A fresh id for a record a person makes. Random, so that it tells nothing of when or where it was made. */
export function newRecordId(): string {
  return randomUuid()
}
