/** Days a device may show the register's data without having heard the server (settled question 5). */
export const leaseDays = 7
const dayMs = 24 * 60 * 60_000

/** By the device's own clock: when the server was last heard, and the latest time the clock has ever shown since. */
export interface Lease {
  readonly contactMs: number
  readonly latestMs: number
}

/** The server was heard: the lease begins anew. A clock that had been wrong until then is forgotten. */
export function renewLease(nowMs: number): Lease {
  return { contactMs: nowMs, latestMs: nowMs }
}

/** Time has passed, or the clock was set back, which gains nothing. */
export function lookAtLease(lease: Lease, nowMs: number): Lease {
  return nowMs > lease.latestMs ? { ...lease, latestMs: nowMs } : lease
}

/** Whether what a device holds may no longer be shown (V8). */
export function leaseHasEnded({ contactMs, latestMs }: Lease): boolean {
  return latestMs - contactMs > leaseDays * dayMs
}
