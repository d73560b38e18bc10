import type { Change } from '../changes.ts'
import type { Request } from '../kernel/command.ts'
import type { Facts } from '../kernel/facts.ts'
import { followingPayment } from './follow-payment.ts'
import type { Bond } from './model.ts'
import { isRelation } from './relations.ts'

type YesRequest = Pick<Request<unknown>, 'now' | 'today' | 'mint'>

/** All that a yes to this bond brings: one act, several bonds. The preview shows the same as the answer does. */
export function broughtByYes(bond: Bond, request: YesRequest, facts: Facts): readonly Change[] {
  const { now, today } = request
  return [
    { type: 'bondConfirmed', kind: 'bond', id: bond.id, at: now, validFrom: today },
    ...waitingPayments(bond, request, facts),
    ...followingPayment(bond, request, facts),
  ]
}

/**
 * Payments that wait on the same yes: the person's request, where the company says yes to employing (AC-3, IS-97), and the
 * organisation's own offer, where the two now have a relation (X-12: it has said yes, and the person chooses among the willing).
 */
function waitingPayments(relation: Bond, request: YesRequest, facts: Facts): readonly Change[] {
  if (!isRelation(relation)) return []
  const requestsToo = relation.type === 'employed' && relation.proposedBy === 'a'
  return facts
    .find('bond', 'a', relation.a)
    .filter((bond) => bond.type === 'billing' && bond.b === relation.b && bond.state === 'proposed')
    .filter((bond) => bond.proposedBy === 'b' || (requestsToo && bond.proposedBy === 'a'))
    .map((bond) => ({
      type: 'bondConfirmed' as const,
      kind: 'bond' as const,
      id: bond.id,
      at: request.now,
      validFrom: request.today,
    }))
}
