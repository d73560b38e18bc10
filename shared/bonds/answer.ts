import * as v from 'valibot'
import { hasRight } from '../access/actor.ts'
import { defineCommand, type AnyCommandDefinition, type Request } from '../kernel/command.ts'
import { accept, refuse, type Decision } from '../kernel/decision.ts'
import type { Facts } from '../kernel/facts.ts'
import { idField } from '../kernel/fields.ts'
import { canBeMemberCompany, obstacleFor, type TypeObstacle } from './bond-types.ts'
import { broughtByYes } from './brought-by-yes.ts'
import { isOpen, sideOf, type Bond } from './model.ts'
import { bondRefusals, type BondRefusal } from './refusals.ts'
import { unseen } from './unseen.ts'
import { whatHappened } from './what-happened.ts'

const answerInput = v.strictObject({
  id: idField,
  rev: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
})
type AnswerRequest = Request<v.InferOutput<typeof answerInput>>

/** The bond, if the actor's party was asked and it still waits; else the answer that says what stands in the way. */
function asked(
  request: AnswerRequest,
  bond: Bond | undefined,
): { ok: true; bond: Extract<Bond, { state: 'proposed' }> } | Extract<Decision<BondRefusal>, { ok: false }> {
  const { actor, input } = request
  const side = bond === undefined ? undefined : sideOf(bond, actor.role.party)
  if (bond === undefined || side === undefined) return refuse('bond/unknown', 'B50')
  if (!mayAnswer(request, bond)) return refuse('bond/not-allowed', 'B51')
  if (bond.proposedBy === side) return refuse('bond/not-addressee', 'B7')
  if (bond.state !== 'proposed') return whatHappened(bond)
  if (input.rev !== undefined && input.rev !== bond.rev) return refuse('bond/changed-since-seen', 'B27')
  return { ok: true, bond }
}

function mayAnswer(request: AnswerRequest, bond: Bond): boolean {
  const { actor } = request
  if (actor.role.kind === 'person') return hasRight(actor, 'own.relations')
  return hasRight(actor, bond.type === 'org_membership' ? 'company.relate' : 'person.relate')
}

export function decideConfirm(request: AnswerRequest, facts: Facts): Decision<BondRefusal> {
  const seen = facts.get('bond', request.input.id)
  if (seen === undefined && !facts.complete) return unseen()
  const found = asked(request, seen)
  if (!found.ok) return found
  const { bond } = found
  const obstacle = obstacleNow(bond, facts)
  if (obstacle !== undefined) return refuse('bond/type-not-allowed', 'B22', { obstacle })
  return accept(...broughtByYes(bond, request, facts))
}

/** What either party is may have changed while the request waited (AC-28). */
function obstacleNow(bond: Bond, facts: Facts): TypeObstacle | undefined {
  const organisation = facts.get('organisation', bond.b)
  const obstacle = organisation === undefined ? undefined : obstacleFor(bond.type, organisation)
  if (obstacle !== undefined || bond.type !== 'org_membership') return obstacle
  const company = facts.get('organisation', bond.a)
  return company === undefined || canBeMemberCompany(company) ? undefined : 'not-company-user'
}

export function decideDecline(request: AnswerRequest, facts: Facts): Decision<BondRefusal> {
  const seen = facts.get('bond', request.input.id)
  if (seen === undefined && !facts.complete) return unseen()
  const found = asked(request, seen)
  if (!found.ok) return found
  return accept({ type: 'bondDeclined', kind: 'bond', id: found.bond.id, at: request.now })
}

/** "Sluta vänta": the proposer takes the question back. */
export function decideWithdraw(request: AnswerRequest, facts: Facts): Decision<BondRefusal> {
  const { actor, input } = request
  const bond = facts.get('bond', input.id)
  if (bond === undefined && !facts.complete) return unseen()
  const side = bond === undefined ? undefined : sideOf(bond, actor.role.party)
  if (bond === undefined || side === undefined) return refuse('bond/unknown', 'B50')
  if (!mayAnswer(request, bond)) return refuse('bond/not-allowed', 'B51')
  if (bond.proposedBy !== side) return refuse('bond/not-proposer', 'B30')
  if (bond.state === 'withdrawn') return accept()
  if (bond.state !== 'proposed') {
    return isOpen(bond) ? whatHappened(bond, 'B30') : whatHappened(bond)
  }
  return accept({ type: 'bondWithdrawn', kind: 'bond', id: bond.id, at: request.now })
}

export const answerCommands: readonly AnyCommandDefinition[] = [
  defineCommand<v.InferOutput<typeof answerInput>>({
    type: 'bond.confirm',
    version: 1,
    about: 'Say yes to a bond one was asked for.',
    input: answerInput,
    refusals: bondRefusals,
    decide: decideConfirm,
  }),
  defineCommand<v.InferOutput<typeof answerInput>>({
    type: 'bond.decline',
    version: 1,
    about: 'Say no to a bond one was asked for. No reason is asked or given.',
    input: answerInput,
    refusals: bondRefusals,
    decide: decideDecline,
  }),
  defineCommand<v.InferOutput<typeof answerInput>>({
    type: 'bond.withdraw',
    version: 1,
    about: 'Take back a question nobody has answered yet.',
    input: answerInput,
    refusals: bondRefusals,
    decide: decideWithdraw,
  }),
]
