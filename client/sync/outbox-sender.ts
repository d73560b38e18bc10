import {
  maxCallBytes,
  maxCommandsPerCall,
  type CommandsAnswer,
  type CommandsMessage,
} from '#shared/protocol/commands-message.ts'
import { StoreClosedFault, type DeviceStore } from '../store/device-store.ts'
import { markFailed, recordResults, takeUnsent } from '../store/outbox-store.ts'
import type { StoredCommand } from '../store/stored-types.ts'
import { makeBackoff } from './backoff.ts'
import type { Call, ServerCalls } from './server-calls.ts'

/**
 * Carries the outbox to the server, in order, until every command has its one answer. A lost answer is asked for again with
 * the same ids, and the server tells the fate it already has. Only the leading tab sends.
 */
export interface OutboxSender {
  /** Something waits, or the network may be back. */
  readonly wake: () => void
  readonly stop: () => void
}

export interface OutboxSenderDeps {
  readonly store: DeviceStore
  readonly calls: ServerCalls
  readonly random: () => number
  readonly now: () => string
  /** False when this browser has been taken over by another account: its session must not carry this one's commands. */
  readonly isOurs: () => boolean
  /** False when the device says it has no network: then nothing is tried, and what waits can still be taken back. */
  readonly isOnline: () => boolean
  /** Items changed state, on disk. */
  readonly onChanged: () => Promise<void>
  readonly onReached: (reached: 'answered' | 'unreachable' | 'signed-out' | 'update-needed') => void
  readonly onFault: (fault: unknown) => void
}

/** Room for the device id and the brackets around the commands. */
const envelopeBytes = 200

export function makeOutboxSender(deps: OutboxSenderDeps): OutboxSender {
  const { store, calls } = deps
  const backoff = makeBackoff(deps.random)
  let stopped = false
  let sending = false
  let again = false
  let timer: ReturnType<typeof setTimeout> | undefined
  /** After a call was rejected whole, its commands go one at a time, to find the one at fault: how many are left of them. */
  let suspects = 0

  function wake(): void {
    if (stopped) return
    if (sending) {
      again = true
      return
    }
    clearTimeout(timer)
    sending = true
    again = false
    void sendAll()
      .catch((fault: unknown) => {
        if (stopped || fault instanceof StoreClosedFault) return
        deps.onFault(fault)
        tryLater(null)
      })
      .finally(() => {
        sending = false
        if (again) wake()
      })
  }

  function tryLater(waitMs: number | null): void {
    if (stopped) return
    clearTimeout(timer)
    again = false
    timer = setTimeout(wake, Math.max(waitMs ?? 0, backoff.nextMs()))
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      if (stopped || !deps.isOurs()) return
      if (!deps.isOnline()) return deps.onReached('unreachable')
      const batch = await takeUnsent(store, (unsent) =>
        fittingOneCall(unsent, suspects > 0 ? 1 : maxCommandsPerCall),
      )
      if (batch.length === 0 || stopped) return
      await deps.onChanged()
      const message: CommandsMessage = { device: store.device, commands: batch.map((item) => item.command) }
      const call = await calls.json<CommandsAnswer>('POST', '/api/commands', message)
      // Left in the meantime: the answer will be asked for again when the account is back.
      if (stopped) return
      if (!(await follow(call, batch))) return
    }
  }

  /** True when the next call may go at once. */
  async function follow(call: Call<CommandsAnswer>, batch: readonly StoredCommand[]): Promise<boolean> {
    switch (call.kind) {
      case 'answered': {
        deps.onReached('answered')
        const results = Array.isArray(call.body?.results) ? call.body.results : []
        const understood = await recordResults(store, results)
        await deps.onChanged()
        if (understood < batch.length) {
          tryLater(null)
          return false
        }
        backoff.reset()
        suspects = Math.max(0, suspects - batch.length)
        return true
      }
      case 'rejected':
        return rejected(call.status, batch)
      case 'signed-out':
      case 'update-needed':
        deps.onReached(call.kind)
        return false
      case 'later':
        tryLater(call.waitMs)
        return false
      case 'unreachable':
        deps.onReached('unreachable')
        tryLater(null)
        return false
    }
  }

  async function rejected(status: number, batch: readonly StoredCommand[]): Promise<boolean> {
    const first = batch[0]
    const ofTheCommand = status === 400 || status === 413 || status === 422
    if (!ofTheCommand || first === undefined) {
      tryLater(null)
      return false
    }
    if (batch.length > 1) {
      suspects = batch.length
      return true
    }
    suspects = Math.max(0, suspects - 1)
    await markFailed(store, first.seq, { code: 'command/not-understood', rule: `HTTP ${status}` }, deps.now())
    await deps.onChanged()
    return true
  }

  return {
    wake,
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}

const encoder = new TextEncoder()

/** As many of the oldest as one call may carry, at least one. */
export function fittingOneCall(unsent: readonly StoredCommand[], limit: number): readonly StoredCommand[] {
  let bytes = envelopeBytes
  let count = 0
  for (const { command } of unsent) {
    bytes += encoder.encode(JSON.stringify(command)).byteLength + 1
    if (count === limit || (count > 0 && bytes > maxCallBytes)) break
    count += 1
  }
  return unsent.slice(0, count)
}
