import type { Actor } from '#shared/access/actor.ts'
import { actorFor } from '#shared/access/actor.ts'
import { evolve, type Change } from '#shared/changes.ts'
import { findCommand } from '#shared/commands.ts'
import { nameOfMine } from '#shared/documents/names.ts'
import { touchedBy } from '#shared/documents/touched.ts'
import type { AnyCommandDefinition } from '#shared/kernel/command.ts'
import type { Refusal } from '#shared/kernel/decision.ts'
import type { Day, Instant } from '#shared/kernel/time.ts'
import type { CommandMessage, CommandResult } from '#shared/protocol/commands-message.ts'
import type { RecordKind } from '#shared/records.ts'
import type { Chance } from '../chance.ts'
import type { Documents } from '../documents/documents.ts'
import type { OpenStore } from '../store/open-store.ts'
import { createLedger } from './ledger.ts'

/** A command whose shape has been checked, with its definition and its checked input (undefined for a type nobody knows). */
export interface CheckedCommand {
  readonly message: CommandMessage
  readonly definition: AnyCommandDefinition | undefined
  readonly input: unknown
}

export interface Accepted {
  readonly actor: Actor
  readonly changes: readonly Change[]
}

export interface ExecuteDeps {
  readonly store: OpenStore
  readonly documents: Documents
  readonly clock: { readonly now: () => Instant; readonly today: () => Day }
  readonly chance: Chance
  /** Told after COMMIT; may fail, may be told twice, never changes the answer. */
  readonly react: (accepted: Accepted) => void
  readonly fault: (fault: unknown, about: string) => string
}

export interface Execute {
  /** Gives a command of an account its one fate. Resolves after COMMIT. */
  readonly command: (account: string, device: string, command: CheckedCommand) => Promise<CommandResult>
  /** A command of the house itself (the daily round). */
  readonly asSystem: (actor: Actor, type: string, input: unknown) => Promise<Refusal | undefined>
  /** Changes without a decision: only the demo's history and imports may use it. */
  readonly record: (actor: Actor, at: Instant, changes: readonly Change[]) => Promise<void>
}

export function createExecute(deps: ExecuteDeps): Execute {
  const { store, documents, clock } = deps
  const ledger = createLedger(store.db)
  store.listen(ledger)

  function apply(
    actor: Actor,
    at: Instant,
    commandId: string | null,
    changes: readonly Change[],
    mine: Set<string>,
  ): void {
    const ownDocuments =
      actor.account === null ? undefined : [nameOfMine(actor.account), `org/${actor.role.party}/`]
    const touch = (document: string, key: string) => {
      documents.touch(document, key)
      if (ownDocuments === undefined) return
      if (document === ownDocuments[0] || document.startsWith(ownDocuments[1] ?? ' ')) mine.add(document)
    }
    for (const change of changes) {
      const kind: RecordKind = change.kind
      const before = store.facts.get(kind, change.id)
      const after = evolve(before, change)
      store.tables.put(kind, after)
      ledger.tell(at, commandId, actor.account, actor.role.party, change)
      touchedBy(kind, before, after, store.facts, touch)
      if (kind === 'staffRole' || kind === 'account' || kind === 'organisation') documents.rightsChanged()
    }
  }

  function decideInWrite(
    account: string,
    device: string,
    checked: CheckedCommand,
    careful: boolean,
  ): [CommandResult, Accepted | null] {
    const { message, definition, input } = checked
    const at = clock.now()
    const owner = ledger.device(device)
    // A device whose numbers rise has a new id with each. Should it not, the table's key says so, and the work is done carefully.
    if (careful || owner === undefined || owner.lastSeq >= message.seq) {
      const known = ledger.fate(message.id, account)
      if (known !== undefined) return [known, null]
    }
    if (owner !== undefined && (owner.account !== account || owner.lastSeq >= message.seq)) {
      return [refused(message.id, at, { code: 'command/out-of-order', rule: 'K4' }), null]
    }
    const keep = (result: CommandResult): CommandResult => {
      ledger.keep(account, device, message.seq, result)
      return result
    }
    if (definition === undefined || message.version !== definition.version) {
      return [keep(refused(message.id, at, { code: 'command/update-needed', rule: 'K6' })), null]
    }
    const actor = actorFor(account, message.as, store.facts)
    if (actor === undefined || definition.systemOnly === true) {
      return [keep(refused(message.id, at, { code: 'command/not-allowed', rule: 'A2' })), null]
    }
    const request = { input, actor, now: at, today: clock.today(), mint: deps.chance.id }
    const decision = definition.decide(request as never, store.facts)
    if (!decision.ok) return [keep(refused(message.id, at, decision.refusal)), null]
    const mine = new Set<string>()
    apply(actor, at, message.id, decision.changes, mine)
    const places = [...mine].map((name) => ({ name, seq: documents.nextSeq(name) }))
    const result: CommandResult = { id: message.id, status: 'accepted', at, documents: places }
    return [keep(result), { actor, changes: decision.changes }]
  }

  /** What a work noted before it threw is crossed out; its savepoint undoes the tables. */
  function undoing<T>(work: () => T): T {
    const mark = ledger.mark()
    try {
      return work()
    } catch (fault) {
      ledger.undo(mark)
      throw fault
    }
  }

  /** The house broke on this command: kept as its fate, so that it neither blocks the queue nor is tried for ever. */
  function failInWrite(
    account: string,
    device: string,
    { id, seq, type }: CommandMessage,
    fault: unknown,
  ): CommandResult {
    const reference = deps.fault(fault, `command ${type}`)
    const at = clock.now()
    const result = { id, status: 'failed', code: 'fault', params: { reference }, at, documents: [] } as const
    ledger.keep(account, device, seq, result)
    return result
  }

  return {
    async command(account, device, checked) {
      const [result, accepted] = await store.write(
        (careful) => undoing(() => decideInWrite(account, device, checked, careful)),
        (fault) => [failInWrite(account, device, checked.message, fault), null],
      )
      if (accepted !== null) deps.react(accepted)
      return result
    },
    async asSystem(actor, type, input) {
      const definition = findCommand(type)
      if (definition === undefined) throw new Error(`no command ${type}`)
      const issue = (): [Refusal | undefined, Accepted | null] => {
        const at = clock.now()
        const request = { input, actor, now: at, today: clock.today(), mint: deps.chance.id }
        const decision = definition.decide(request as never, store.facts)
        if (!decision.ok) return [decision.refusal, null]
        apply(actor, at, null, decision.changes, new Set())
        return [undefined, { actor, changes: decision.changes }]
      }
      const [refusal, accepted] = await store.write(() => undoing(issue))
      if (accepted !== null) deps.react(accepted)
      return refusal
    },
    async record(actor, at, changes) {
      await store.write(() => undoing(() => apply(actor, at, null, changes, new Set())))
    },
  }
}

function refused(id: string, at: Instant, refusal: Refusal): CommandResult {
  const { code, rule, params } = refusal
  const base = { id, status: 'refused' as const, code, rule, at, documents: [] }
  return params === undefined ? base : { ...base, params }
}
