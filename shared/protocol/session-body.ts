import type { Role } from '../access/actor.ts'

/** GET /api/session. */
export interface SessionBody {
  readonly account: string
  readonly person: {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly locale: string
  }
  readonly roles: readonly Role[]
  /** The register's own name and its office, for texts. */
  readonly register: { readonly name: string; readonly office: string }
  /** The server's clock and day, so that a device can show what the house believes. */
  readonly now: string
  readonly today: string
}
