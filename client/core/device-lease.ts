import { leaseHasEnded, lookAtLease, renewLease, type Lease } from '#shared/access/lease.ts'
import { StoreClosedFault, type DeviceStore } from '../store/device-store.ts'

const lookEveryMs = 10 * 60_000

/** The lease of what a store holds, looked at now; one that has none yet has just been heard of. */
export function leaseOf(store: Pick<DeviceStore, 'first'>, nowMs: number): Lease {
  return lookAtLease(readLease(store.first.meta.get('lease')) ?? renewLease(nowMs), nowMs)
}

function readLease(stored: unknown): Lease | null {
  const { contactMs, latestMs } = (stored ?? {}) as Partial<Lease>
  return typeof contactMs === 'number' && typeof latestMs === 'number' ? { contactMs, latestMs } : null
}

export interface LeaseKeeper {
  /** The server was heard. */
  readonly renew: () => void
  readonly stop: () => void
}

/**
 * Writes down the latest time this device has seen, so that a clock that is set back gains nothing, and tells when the data may no
 * longer be shown (V8). Every tab looks; the one that speaks with the server renews.
 */
export function keepLease(
  store: DeviceStore,
  nowMs: () => number,
  onEnded: () => void,
  onFault: (fault: unknown) => void,
): LeaseKeeper {
  const unlessClosed = (fault: unknown) => {
    if (!(fault instanceof StoreClosedFault)) onFault(fault)
  }
  const save = (lease: Lease) => store.setMeta('lease', lease)
  async function look(): Promise<void> {
    const lease = lookAtLease(readLease(await store.getMeta('lease')) ?? leaseOf(store, nowMs()), nowMs())
    await save(lease)
    if (leaseHasEnded(lease)) onEnded()
  }
  const timer = setInterval(() => void look().catch(unlessClosed), lookEveryMs)
  return {
    renew: () => void save(renewLease(nowMs())).catch(unlessClosed),
    stop: () => clearInterval(timer),
  }
}
