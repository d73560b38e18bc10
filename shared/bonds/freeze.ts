import * as v from 'valibot'
import { hasRight } from '../access/actor.ts'
import type { Change } from '../changes.ts'
import { cleanText } from '../identity/fold.ts'
import { defineCommand, type AnyCommandDefinition, type Request } from '../kernel/command.ts'
import { accept, refuse, type Decision } from '../kernel/decision.ts'
import type { Facts } from '../kernel/facts.ts'
import { idField, noteField } from '../kernel/fields.ts'
import { ending } from './end.ts'
import { isStanding } from './model.ts'
import { bondRefusals, type BondRefusal } from './refusals.ts'
import { unseen } from './unseen.ts'

const freezeInput = v.strictObject({ id: idField, reason: v.pipe(noteField, v.trim(), v.minLength(1)) })
type FreezeRequest = Request<v.InferOutput<typeof freezeInput>>

/** A disputed bond: the register's office closes it for both until the dispute is settled. */
export function decideFreeze(request: FreezeRequest, facts: Facts): Decision<BondRefusal> {
  if (!hasRight(request.actor, 'bond.freeze')) return refuse('bond/unknown', 'B50')
  const bond = facts.get('bond', request.input.id)
  if (bond === undefined) return facts.complete ? refuse('bond/unknown', 'B50') : unseen()
  if (bond.state === 'frozen') return accept()
  if (!isStanding(bond)) return refuse('bond/not-standing', 'B40', { state: bond.state })
  const reason = cleanText(request.input.reason, 500)
  return accept({ type: 'bondFrozen', kind: 'bond', id: bond.id, at: request.now, reason })
}

export function decideUnfreeze(request: FreezeRequest, facts: Facts): Decision<BondRefusal> {
  if (!hasRight(request.actor, 'bond.freeze')) return refuse('bond/unknown', 'B50')
  const bond = facts.get('bond', request.input.id)
  if (bond === undefined) return facts.complete ? refuse('bond/unknown', 'B50') : unseen()
  if (isStanding(bond)) return accept()
  if (bond.state !== 'frozen') return refuse('bond/not-standing', 'B40', { state: bond.state })
  const thawed: Change = { type: 'bondUnfrozen', kind: 'bond', id: bond.id }
  const { end } = bond
  if (end === null || end.validTo > request.today) return accept(thawed)
  // Its day came while it was frozen: it must not stand again, not even until the next daily round.
  return accept(thawed, ...ending(bond, end.validTo, end.endedBy, end.endReason, request, facts))
}

export const freezeCommands: readonly AnyCommandDefinition[] = [
  defineCommand<v.InferOutput<typeof freezeInput>>({
    type: 'bond.freeze',
    version: 1,
    about: 'The office closes a disputed bond for both sides.',
    input: freezeInput,
    refusals: bondRefusals,
    decide: decideFreeze,
  }),
  defineCommand<v.InferOutput<typeof freezeInput>>({
    type: 'bond.unfreeze',
    version: 1,
    about: 'The office opens a frozen bond again.',
    input: freezeInput,
    refusals: bondRefusals,
    decide: decideUnfreeze,
  }),
]
