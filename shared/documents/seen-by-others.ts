import type { Bond } from '../bonds/model.ts'

/** A bond as shown to an organisation that is not a party to it: without what the two wrote for each other. */
export function seenByOthers(bond: Bond): Bond {
  const bare = { ...bond, typed: null, note: '' }
  return bare.state === 'ending' ? { ...bare, endReason: '' } : bare
}
