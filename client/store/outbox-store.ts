import type { Refusal } from '#shared/kernel/decision.ts'
import type { CommandMessage, CommandResult } from '#shared/protocol/commands-message.ts'
import type { DeviceStore, Tables } from './device-store.ts'
import type { StoredCommand } from './stored-types.ts'

/** What is put in the outbox; its place in the order is given inside the transaction. */
export interface Draft {
  readonly command: Omit<CommandMessage, 'seq'>
  readonly about: readonly string[]
  readonly label: string
  readonly roleName: string
}

export function isUnsent(item: StoredCommand): boolean {
  return item.state === 'queued' || item.state === 'sending'
}

/** All are on disk when this resolves, or none is and it rejects. */
export async function putInOutbox(
  store: DeviceStore,
  drafts: readonly Draft[],
  storedAt: string,
): Promise<void> {
  await write(store, async ({ outbox, meta }) => {
    // Counted here and not by the table, so that a number is never given twice, in two tabs or after the outbox has emptied.
    let seq = Number((await meta.get('lastSeq'))?.value ?? 0)
    const items = drafts.map((draft): StoredCommand => {
      seq += 1
      const command = { ...draft.command, seq }
      return {
        ...draft,
        command,
        seq,
        storedAt,
        state: 'queued',
        refusal: null,
        answeredAt: null,
        documents: [],
      }
    })
    await outbox.bulkAdd(items)
    await meta.put({ key: 'lastSeq', value: seq })
  })
}

export async function readOutbox(store: DeviceStore): Promise<readonly StoredCommand[]> {
  return store.run(({ outbox }) => outbox.orderBy('seq').toArray())
}

/**
 * The next commands to send, oldest first, marked as on their way before the first byte leaves: from here on they cannot be
 * taken back. `pick` says how many of the unsent fit one call.
 */
export async function takeUnsent(
  store: DeviceStore,
  pick: (unsent: readonly StoredCommand[]) => readonly StoredCommand[],
): Promise<readonly StoredCommand[]> {
  return write(store, async ({ outbox }) => {
    const unsent = (await outbox.orderBy('seq').toArray()).filter(isUnsent)
    const taken = pick(unsent)
    await outbox.bulkPut(taken.map((item) => ({ ...item, state: 'sending' })))
    return taken
  })
}

/** False when the command has already left, or is not there. */
export async function cancelQueued(store: DeviceStore, commandId: string): Promise<boolean> {
  return write(store, async ({ outbox }) => {
    const item = await outbox.where('command.id').equals(commandId).first()
    if (item?.state !== 'queued') return false
    await outbox.delete(item.seq)
    return true
  })
}

/** The person has read the answer. What is not yet answered stays. */
export async function removeAnswered(store: DeviceStore, commandId: string): Promise<void> {
  await write(store, async ({ outbox }) => {
    const item = await outbox.where('command.id').equals(commandId).first()
    if (item?.state === 'refused' || item?.state === 'failed') await outbox.delete(item.seq)
  })
}

/**
 * The server's answers. One of a status this version does not know is left as it was, to be asked about again.
 * Answers how many were understood.
 */
export async function recordResults(store: DeviceStore, results: readonly CommandResult[]): Promise<number> {
  return write(store, async ({ outbox }) => {
    let understood = 0
    for (const result of results) {
      const item = await outbox.where('command.id').equals(result.id).first()
      const answered = item === undefined ? undefined : answeredItem(item, result)
      if (answered === undefined) continue
      await outbox.put(answered)
      understood += 1
    }
    return understood
  })
}

function answeredItem(item: StoredCommand, result: CommandResult): StoredCommand | undefined {
  if (!isUnsent(item)) return undefined
  if (result.status === 'accepted') {
    return { ...item, state: 'accepted', answeredAt: result.at, documents: result.documents ?? [] }
  }
  if (result.status !== 'refused' && result.status !== 'failed') return undefined
  const { code = `command/${result.status}`, rule = '', params } = result
  const refusal: Refusal = params === undefined ? { code, rule } : { code, rule, params }
  return { ...item, state: result.status, refusal, answeredAt: result.at }
}

/** A command the server will never take, whatever is tried. It must not hold up those behind it. */
export async function markFailed(
  store: DeviceStore,
  seq: number,
  refusal: Refusal,
  at: string,
): Promise<void> {
  await write(store, async ({ outbox }) => {
    const item = await outbox.get(seq)
    if (item !== undefined && isUnsent(item))
      await outbox.put({ ...item, state: 'failed', refusal, answeredAt: at })
  })
}

/** Accepted commands whose effect has arrived, or never will on this device, are let go. Answers how many. */
export async function settleAccepted(
  store: DeviceStore,
  hasArrived: (item: StoredCommand) => boolean,
): Promise<number> {
  return write(store, async ({ outbox }) => {
    const items = await outbox.toArray()
    const settled = items.filter((item) => item.state === 'accepted' && hasArrived(item))
    await outbox.bulkDelete(settled.map((item) => item.seq))
    return settled.length
  })
}

function write<T>(store: DeviceStore, work: (tables: Tables) => Promise<T>): Promise<T> {
  return store.run((tables) => tables.transaction('rw', [tables.outbox, tables.meta], () => work(tables)))
}
