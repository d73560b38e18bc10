import { must } from '../kernel/must.ts'
import type { BondChange } from './changes.ts'
import type { Bond } from './model.ts'

/** The bond after the change. A change that does not fit the state is a fault: `decideBond` has let through what it must not. */
export function evolveBond(bond: Bond | undefined, change: BondChange): Bond {
  if (change.type === 'bondProposed') return proposed(change)
  const before = must(bond, `bond ${change.id}`)
  const base = { ...baseOf(before), rev: before.rev + 1 }
  switch (change.type) {
    case 'bondConfirmed':
      expectState(before, 'proposed')
      return { ...base, state: 'confirmed', answeredAt: change.at, validFrom: change.validFrom }
    case 'bondDeclined':
      expectState(before, 'proposed')
      return { ...base, state: 'declined', answeredAt: change.at }
    case 'bondWithdrawn':
      expectState(before, 'proposed')
      return { ...base, state: 'withdrawn', withdrawnAt: change.at }
    case 'bondExpired':
      expectState(before, 'proposed')
      return { ...base, state: 'expired', expiredAt: change.at }
    case 'bondEndSet': {
      const standing = expectState(before, 'confirmed', 'ending', 'frozen')
      const end = { validTo: change.validTo, endedBy: change.by, endReason: change.reason }
      if (standing.state === 'frozen') return { ...base, ...frozenPart(standing), end }
      return { ...base, state: 'ending', ...agreedPart(standing), ...end }
    }
    case 'bondEndCancelled': {
      const ending = expectState(before, 'ending')
      return { ...base, state: 'confirmed', ...agreedPart(ending) }
    }
    case 'bondEnded': {
      const standing = expectState(before, 'confirmed', 'ending', 'frozen')
      return {
        ...base,
        state: 'ended',
        ...agreedPart(standing),
        validTo: change.validTo,
        endedBy: change.by,
        endReason: change.reason,
        endedAt: change.at,
      }
    }
    case 'bondFrozen': {
      const standing = expectState(before, 'confirmed', 'ending')
      const end =
        standing.state === 'ending'
          ? { validTo: standing.validTo, endedBy: standing.endedBy, endReason: standing.endReason }
          : null
      return {
        ...base,
        state: 'frozen',
        ...agreedPart(standing),
        frozenAt: change.at,
        frozenReason: change.reason,
        end,
      }
    }
    case 'bondUnfrozen': {
      const frozen = expectState(before, 'frozen')
      return frozen.end === null
        ? { ...base, state: 'confirmed', ...agreedPart(frozen) }
        : { ...base, state: 'ending', ...agreedPart(frozen), ...frozen.end }
    }
  }
}

function proposed(change: Extract<BondChange, { type: 'bondProposed' }>): Bond {
  return {
    id: change.id,
    rev: 1,
    type: change.bondType,
    a: change.a,
    b: change.b,
    proposedBy: change.by,
    proposedAt: change.at,
    typed: change.typed,
    note: change.note,
    follows: change.follows,
    state: 'proposed',
    expiresOn: change.expiresOn,
  }
}

function baseOf(bond: Bond) {
  const { id, rev, type, a, b, proposedBy, proposedAt, typed, note, follows } = bond
  return { id, rev, type, a, b, proposedBy, proposedAt, typed, note, follows }
}

function agreedPart(bond: { readonly answeredAt: string; readonly validFrom: string }) {
  return { answeredAt: bond.answeredAt, validFrom: bond.validFrom }
}

function frozenPart(bond: Extract<Bond, { state: 'frozen' }>) {
  return {
    state: 'frozen' as const,
    ...agreedPart(bond),
    frozenAt: bond.frozenAt,
    frozenReason: bond.frozenReason,
  }
}

function expectState<S extends Bond['state']>(
  bond: Bond,
  ...states: readonly S[]
): Extract<Bond, { state: S }> {
  if (!(states as readonly string[]).includes(bond.state)) {
    throw new Error(`bond ${bond.id} is ${bond.state}, expected ${states.join(' or ')}`)
  }
  return bond as Extract<Bond, { state: S }>
}
