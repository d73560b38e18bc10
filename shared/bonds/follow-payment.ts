import type { Change } from '../changes.ts'
import type { Request } from '../kernel/command.ts'
import type { Facts } from '../kernel/facts.ts'
import { addDays } from '../kernel/time.ts'
import { isOpen, type Bond } from './model.ts'
import { requestDays } from './propose.ts'

/**
 * The payer follows from the employment by itself (IS-43, IS-92): a billing bond that names the employment. Not when either has
 * said no to that payment, nor when the company already pays or its payment is answered in the same act. A request the person
 * made apart from an employment the company asked for has no yes of its own: it gives way to the payment that follows.
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
  const givesWay = billing.filter(
    (bond) => bond.state === 'proposed' && bond.proposedBy === 'a' && employment.proposedBy === 'b',
  )
  if (billing.some((bond) => (isOpen(bond) && !givesWay.includes(bond)) || saidNo(bond, employment)))
    return []
  const id = request.mint()
  return [
    ...givesWay.map((bond): Change => ({
      type: 'bondWithdrawn',
      kind: 'bond',
      id: bond.id,
      at: request.now,
    })),
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

/** A no, whoever's, while this employment was being asked for (AC-3); an old no does not bind a new employment. */
function saidNo(billing: Bond, employment: Bond): boolean {
  return billing.state === 'declined' && billing.answeredAt >= employment.proposedAt
}
