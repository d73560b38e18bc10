import { refuse, type Decision } from '../kernel/decision.ts'
import type { Bond } from './model.ts'
import type { BondRefusal } from './refusals.ts'

/** Who comes too late is told the fact that was first: what, and when by the register's clock (B21). */
export function whatHappened(
  bond: Exclude<Bond, { state: 'proposed' }>,
  rule = 'B21',
): Extract<Decision<BondRefusal>, { ok: false }> {
  switch (bond.state) {
    case 'withdrawn':
      return refuse('bond/withdrawn', rule, { at: bond.withdrawnAt })
    case 'expired':
      return refuse('bond/already-answered', rule, { state: bond.state, at: bond.expiredAt })
    case 'declined':
    case 'confirmed':
    case 'ending':
    case 'frozen':
    case 'ended':
      return refuse('bond/already-answered', rule, { state: bond.state, at: bond.answeredAt })
  }
}
