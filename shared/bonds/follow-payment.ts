import type { Change } from '../changes.ts'
import type { Request } from '../kernel/command.ts'
import type { Facts } from '../kernel/facts.ts'
import { addDays } from '../kernel/time.ts'
import { isOpen, type Bond } from './model.ts'
import { requestDays } from './propose.ts'

/**
 * The payer follows from the employment by itself (IS-43, IS-92): a billing bond that names the employment. Not when the company
 * has said no to paying for this person, nor when it already pays or is being asked and will be answered in the same act.
 */
export function followingPayment(
  employment: Bond,
  request: Pick<Request<unknown>, 'now' | 'today' | 'mint'>,
  facts: Facts,
): readonly Change[] {
  // A device does not see enough to say, and must not invent ids the server will not use.
  if (employment.type !== 'employed' || !facts.complete) return []
  const billing = facts
    .find('bond', 'a', employment.a)
    .filter((bond) => bond.type === 'billing' && bond.b === employment.b)
  if (billing.some((bond) => isOpen(bond) || saidNo(bond, employment))) return []
  const id = request.mint()
  return [
    {
      type: 'bondProposed',
      kind: 'bond',
      id,
      bondType: 'billing',
      a: employment.a,
      b: employment.b,
      by: 'b',
      at: request.now,
      expiresOn: addDays(request.today, requestDays),
      typed: null,
      note: '',
      follows: employment.id,
    },
    { type: 'bondConfirmed', kind: 'bond', id, at: request.now, validFrom: request.today },
  ]
}

/** A no from the payer while this employment was being asked for (AC-3); an old no does not bind a new employment. */
function saidNo(billing: Bond, employment: Bond): boolean {
  return (
    billing.state === 'declined' && billing.proposedBy === 'a' && billing.answeredAt >= employment.proposedAt
  )
}
