import * as v from 'valibot'
import { hasRight } from '../access/actor.ts'
import { defineCommand, type AnyCommandDefinition, type Request } from '../kernel/command.ts'
import { accept, refuse, type Decision } from '../kernel/decision.ts'
import type { Facts } from '../kernel/facts.ts'
import { partyField } from '../kernel/fields.ts'
import { feeKinds } from './model.ts'
import { resolvePayer } from './resolve-payer.ts'

export const payerRefusals = ['payer/not-allowed', 'payer/not-willing'] as const
export type PayerRefusal = (typeof payerRefusals)[number]

const chooseInput = v.strictObject({ payer: partyField, feeKind: v.picklist(['*', ...feeKinds]) })

/** A person picks who pays, among those who have said yes. */
export function decideChoose(
  request: Request<v.InferOutput<typeof chooseInput>>,
  facts: Facts,
): Decision<PayerRefusal> {
  const { actor, input, now, today } = request
  if (actor.role.kind !== 'person' || !hasRight(actor, 'own.payer')) return refuse('payer/not-allowed', 'P10')
  const person = actor.role.party
  const { candidates } = resolvePayer(person, input.feeKind, today, facts)
  const willing = input.payer === 'self' || candidates.some((candidate) => candidate.payer === input.payer)
  // On a device the routes through organisations are not to be seen; the server decides.
  if (!willing && facts.complete) return refuse('payer/not-willing', 'P10')
  const id = `${person}:${input.feeKind}`
  const standing = facts.get('payerChoice', id)
  if (standing?.payer === input.payer) return accept()
  return accept({
    type: 'payerChosen',
    kind: 'payerChoice',
    id,
    person,
    feeKind: input.feeKind,
    payer: input.payer,
    at: now,
  })
}

export const payerCommands: readonly AnyCommandDefinition[] = [
  defineCommand<v.InferOutput<typeof chooseInput>>({
    type: 'payer.choose',
    version: 1,
    about: 'Choose which of the willing payers is used, for one kind of fee or for all.',
    input: chooseInput,
    refusals: payerRefusals,
    decide: decideChoose,
  }),
]
