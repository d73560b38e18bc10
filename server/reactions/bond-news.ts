import { isSystem, type Actor } from '#shared/access/actor.ts'
import { otherSide, sideOf, type Bond, type Side } from '#shared/bonds/model.ts'
import type { Change } from '#shared/changes.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import { must } from '#shared/kernel/must.ts'
import type { Day } from '#shared/kernel/time.ts'

/** Something that was committed, and who did it. */
export interface Happened {
  readonly change: Change
  readonly actor: Actor
}

/**
 * What a mail tells a party of a bond. Mail is an open postcard: it names organisations, and a person only to those who may
 * know the name by now; numbers, addresses and reasons never. `other` null = the name is not for mail.
 */
export interface BondNews {
  readonly party: string
  readonly what: 'asked' | 'confirmed' | 'declined' | 'withdrawn' | 'ended'
  readonly about: 'relation' | 'membership' | 'payment'
  readonly other: string | null
  readonly on: Day | null
}

/** News for every party of the bond but the one who acted. */
export function newsOf({ change, actor }: Happened, facts: Facts): readonly BondNews[] {
  // What the house does by itself is no news: history of the demo, and ends whose day was told when it was set.
  if (change.kind !== 'bond' || isSystem(actor)) return []
  const what = whatHappened(change.type)
  if (what === undefined) return []
  const bond = must(facts.get('bond', change.id), 'bond of change')
  // A payment that follows from an employment comes and goes with it; one mail tells both. Unticked alone it is news (AC-10).
  const followed = bond.follows === null ? undefined : facts.get('bond', bond.follows)
  if (followed !== undefined && (what !== 'ended' || followed.state !== 'confirmed')) return []
  const actedBy = sideOf(bond, actor.role.party)
  const receivers = (['a', 'b'] as const).filter((side) => side !== actedBy)
  return receivers.map((side) => ({
    party: bond[side],
    what,
    about: bond.type === 'billing' ? 'payment' : bond.type === 'org_membership' ? 'membership' : 'relation',
    other: what === 'declined' ? nameAfterNo(bond, side, facts) : nameOf(bond[otherSide(side)], facts),
    on: change.type === 'bondEndSet' || change.type === 'bondEnded' ? change.validTo : null,
  }))
}

type BondChangeType = Extract<Change, { kind: 'bond' }>['type']

function whatHappened(type: BondChangeType): BondNews['what'] | undefined {
  switch (type) {
    case 'bondProposed':
      return 'asked'
    case 'bondConfirmed':
      return 'confirmed'
    case 'bondDeclined':
      return 'declined'
    case 'bondWithdrawn':
      return 'withdrawn'
    case 'bondEndSet':
    case 'bondEnded':
      return 'ended'
    case 'bondExpired':
    case 'bondEndCancelled':
    case 'bondFrozen':
    case 'bondUnfrozen':
      return undefined
  }
}

/** A proposer learns no more of a person who says no than what it typed itself. */
function nameAfterNo(bond: Bond, receiver: Side, facts: Facts): string | null {
  const organisation = facts.get('organisation', bond[otherSide(receiver)])
  if (organisation !== undefined) return organisation.name
  return bond.typed === null || bond.typed.name === '' ? null : bond.typed.name
}

/** Nobody with protected identity is named on a postcard. */
function nameOf(party: string, facts: Facts): string | null {
  const organisation = facts.get('organisation', party)
  if (organisation !== undefined) return organisation.name
  const person = facts.get('person', party)
  return person === undefined || person.protectedIdentity || person.name === '' ? null : person.name
}
