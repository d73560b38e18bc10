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
  const fates = prepareFates(store)
  const journal = store.db.prepare(
    'INSERT INTO journal (at, command, account, party, change) VALUES (?, ?, ?, ?, ?)',
  )

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
      journal.run(at, commandId, actor.account, actor.role.party, JSON.stringify(change))
      touchedBy(kind, before, after, store.facts, touch)
      if (kind === 'staffRole' || kind === 'account' || kind === 'organisation') documents.rightsChanged()
    }
  }

  function decideInWrite(
    account: string,
    device: string,
    checked: CheckedCommand,
  ): [CommandResult, Accepted | null] {
    const { message, definition, input } = checked
    const at = clock.now()
    const known = fates.get(message.id, account)
    if (known !== undefined) return [known, null]
    const owner = fates.device(device)
    if (owner !== undefined && (owner.account !== account || owner.lastSeq >= message.seq)) {
      return [refused(message.id, at, { code: 'command/out-of-order', rule: 'K4' }), null]
    }
    const keep = (result: CommandResult): CommandResult => {
      fates.put(account, device, message.seq, result)
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
    fates.put(account, device, seq, result)
    return result
  }

  return {
    async command(account, device, checked) {
      const [result, accepted] = await store.write(
        () => decideInWrite(account, device, checked),
        (fault) => [failInWrite(account, device, checked.message, fault), null],
      )
      if (accepted !== null) deps.react(accepted)
      return result
    },
    async asSystem(actor, type, input) {
      const definition = findCommand(type)
      if (definition === undefined) throw new Error(`no command ${type}`)
      const [refusal, accepted] = await store.write((): [Refusal | undefined, Accepted | null] => {
        const at = clock.now()
        const request = { input, actor, now: at, today: clock.today(), mint: deps.chance.id }
        const decision = definition.decide(request as never, store.facts)
        if (!decision.ok) return [decision.refusal, null]
        apply(actor, at, null, decision.changes, new Set())
        return [undefined, { actor, changes: decision.changes }]
      })
      if (accepted !== null) deps.react(accepted)
      return refusal
    },
    async record(actor, at, changes) {
      await store.write(() => apply(actor, at, null, changes, new Set()))
    },
  }
}

function refused(id: string, at: Instant, refusal: Refusal): CommandResult {
  const { code, rule, params } = refusal
  const base = { id, status: 'refused' as const, code, rule, at, documents: [] }
  return params === undefined ? base : { ...base, params }
}

function prepareFates(store: OpenStore) {
  const get = store.db.prepare<[string, string], { result: string }>(
    'SELECT result FROM command WHERE id = ? AND account = ?',
  )
  const put = store.db.prepare(
    'INSERT INTO command (id, account, device, seq, result) VALUES (?, ?, ?, ?, ?)',
  )
  const device = store.db.prepare<[string], { account: string; lastSeq: number }>(
    'SELECT account, lastSeq FROM device WHERE id = ?',
  )
  const putDevice = store.db.prepare(
    'INSERT INTO device (id, account, lastSeq) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET lastSeq = excluded.lastSeq',
  )
  return {
    /** Only the account's own: by another's id nothing can be learned. */
    get: (id: string, account: string): CommandResult | undefined => {
      const row = get.get(id, account)
      return row === undefined ? undefined : (JSON.parse(row.result) as CommandResult)
    },
    device: (id: string) => device.get(id),
    put: (account: string, deviceId: string, seq: number, result: CommandResult) => {
      put.run(result.id, account, deviceId, seq, JSON.stringify(result))
      putDevice.run(deviceId, account, seq)
    },
  }
}
