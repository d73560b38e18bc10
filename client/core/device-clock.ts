import { dayOf, type Day, type Instant } from '#shared/kernel/time.ts'

/** The device's own clock, never behind what the server was last heard to say: a wrong clock must not let a person act in the past. */
export interface DeviceClock {
  readonly now: () => Instant
  readonly today: () => Day
  readonly heard: (serverTime: Instant) => void
  /** The server's last word, by its own clock. */
  readonly lastHeard: () => Instant | null
}

export function makeDeviceClock(nowMs: () => number, lastHeard: Instant | null): DeviceClock {
  let heardMs = lastHeard === null ? Number.NaN : Date.parse(lastHeard)
  const now = () => new Date(heardMs > nowMs() ? heardMs : nowMs()).toISOString()
  return {
    now,
    today: () => dayOf(now()),
    heard: (serverTime) => {
      const ms = Date.parse(serverTime)
      if (!Number.isNaN(ms) && !(heardMs > ms)) heardMs = ms
    },
    lastHeard: () => (Number.isNaN(heardMs) ? null : new Date(heardMs).toISOString()),
  }
}
