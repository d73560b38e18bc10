import { v7 as orderedUuid } from 'uuid'
import * as v from 'valibot'
import type { Role } from '#shared/access/actor.ts'
import { findCommand } from '#shared/commands.ts'
import type { AnyCommandDefinition, Request } from '#shared/kernel/command.ts'
import type { Refusal } from '#shared/kernel/decision.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import { must } from '#shared/kernel/must.ts'
import type { SessionBody } from '#shared/protocol/session-body.ts'
import { isQuotaFault, type DeviceStore } from '../store/device-store.ts'
import { putInOutbox, type Draft } from '../store/outbox-store.ts'
import type { DeviceClock } from './device-clock.ts'
import type { DispatchAnswer, Wish } from './house.ts'
import { newRecordId } from './record-id.ts'

/** Why this device, and not the rules, says no. */
export const deviceRefusals = {
  /** What was typed does not have the form the command needs; `params.field` names where. */
  form: 'device/form',
  /** The disk is full: nothing was saved. */
  full: 'device/full',
  /** The browser would not save: nothing was saved. */
  notSaved: 'device/not-saved',
  /** Asked together with something that was refused; all or none are saved. */
  together: 'device/together',
} as const

export interface DispatchDeps {
  readonly store: DeviceStore
  readonly clock: DeviceClock
  readonly session: () => SessionBody
  readonly role: () => Role
  readonly facts: () => Facts
  readonly onFault: (fault: unknown) => void
}

/** Decided here by the same rules as on the server; what is accepted is on disk when this resolves. */
export async function dispatchWishes(
  deps: DispatchDeps,
  wishes: readonly Wish[],
): Promise<readonly DispatchAnswer[]> {
  const drafts = wishes.map((wish) => draftOf(deps, wish))
  if (drafts.some((draft) => 'refusal' in draft)) {
    return drafts.map((draft) =>
      no('refusal' in draft ? draft.refusal : deviceRefusal(deviceRefusals.together)),
    )
  }
  const accepted = drafts as readonly Draft[]
  try {
    await putInOutbox(deps.store, accepted, deps.clock.now())
  } catch (fault) {
    deps.onFault(fault)
    const refusal = deviceRefusal(isQuotaFault(fault) ? deviceRefusals.full : deviceRefusals.notSaved)
    return accepted.map(() => no(refusal))
  }
  return accepted.map(({ command }) => ({ ok: true, id: command.id }))
}

function draftOf(deps: DispatchDeps, wish: Wish): Draft | { readonly refusal: Refusal } {
  const definition = must(findCommand(wish.type), `command ${wish.type}`)
  const parsed = v.safeParse(definition.input, wish.input)
  if (!parsed.success) {
    const field = parsed.issues.map((issue) => v.getDotPath(issue) ?? '').find((path) => path !== '') ?? ''
    return { refusal: { ...deviceRefusal(deviceRefusals.form), params: { field } } }
  }
  const role = deps.role()
  const refusal = refusalHere(deps, definition, role, parsed.output)
  if (refusal !== undefined) return { refusal }
  const { about, label, basis } = wish
  return {
    about: [...about],
    label,
    roleName: role.name,
    command: {
      id: orderedUuid(),
      as: role.party,
      type: definition.type,
      version: definition.version,
      // As it was typed, not as the schema made it: the server reads it with the same schema.
      input: structuredClone(wish.input),
      ...(basis === undefined ? {} : { basis: { ...basis } }),
      madeAt: deps.clock.now(),
    },
  }
}

function refusalHere(
  deps: DispatchDeps,
  definition: AnyCommandDefinition,
  role: Role,
  input: unknown,
): Refusal | undefined {
  const { account, person } = deps.session()
  const request: Request<unknown> = {
    input,
    actor: { account, person: person.id, role },
    now: deps.clock.now(),
    today: deps.clock.today(),
    mint: newRecordId,
  }
  try {
    const decision = definition.decide(request as Request<never>, deps.facts())
    return decision.ok ? undefined : decision.refusal
  } catch (fault) {
    // A fault of the device's copy of the rules must not stop a person: the server decides with authority anyway.
    deps.onFault(fault)
    return undefined
  }
}

function no(refusal: Refusal): DispatchAnswer {
  return { ok: false, refusal }
}

function deviceRefusal(code: string): Refusal {
  return { code, rule: '' }
}
