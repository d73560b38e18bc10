import type { Accessor } from 'solid-js'
import type { Role } from '#shared/access/actor.ts'
import type { Entry } from '#shared/documents/entries.ts'
import type { Refusal } from '#shared/kernel/decision.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import type { CommandMessage } from '#shared/protocol/commands-message.ts'
import type { SessionBody } from '#shared/protocol/session-body.ts'

/**
 * All a page may know of the machinery. A page never sees the network, the store or Yjs; it reads rows, and it asks.
 * One House per signed-in account; made in client/core/open-house.ts, given to pages by a Solid context.
 */
export interface House {
  readonly session: Accessor<SessionBody>
  /** Whom the person acts for now. Remembered per device and account; always one of `session().roles`. */
  readonly role: Accessor<Role>
  readonly chooseRole: (party: string) => void

  /**
   * The rows of a view in the role acted for: 'me' (always of the account, whatever the role), 'base', 'contacts', 'payers'.
   * First from the device's snapshot, at once; then live. The array is new when something changed; unchanged rows are the
   * same objects. Not loaded yet (nothing on the device and no contact so far) is different from empty: see `viewState`.
   */
  readonly rows: (view: ViewName) => Accessor<readonly Entry[]>
  readonly viewState: (view: ViewName) => Accessor<ViewState>

  /**
   * Asks for something. Decided at once on the device by the same rules as on the server; a refusal comes back here, nothing
   * left the device. Accepted = stored in the outbox on disk (strict durability) before this resolves; the row it concerns is
   * marked as waiting, and the server's answer follows later by itself.
   */
  readonly dispatch: (command: Wish) => Promise<DispatchAnswer>
  /** Several as one: all are stored in one transaction or none; refusals per wish, in order. */
  readonly dispatchAll: (wishes: readonly Wish[]) => Promise<readonly DispatchAnswer[]>

  /** What waits to be sent, is on its way, or was refused and not yet read. Oldest first. All roles of the account. */
  readonly outbox: Accessor<readonly OutboxItem[]>
  /** Takes back a command that has not left the device. False when it had already left. */
  readonly cancel: (commandId: string) => Promise<boolean>
  /** The person has read the refusal; it leaves the list. */
  readonly acknowledge: (commandId: string) => Promise<void>

  readonly connection: Accessor<Connection>
  /** The facts this device can see in the role acted for; `complete` is false. For previews. */
  readonly facts: Accessor<Facts>
  /** Ends the session here (or everywhere) and erases the account's data from this device. Tells first what unsent work would be lost. */
  readonly signOut: (everywhere: boolean) => Promise<void>
}

export type ViewName = 'me' | 'base' | 'contacts' | 'payers'

/** 'absent': this role has no such view. 'loading': nothing here yet. 'beginning': the first rows of what is stored, the others within moments. 'stored': from the device, not confirmed by the server since start. 'live'. */
export type ViewState = 'absent' | 'loading' | 'beginning' | 'stored' | 'live'

export interface Wish {
  readonly type: string
  readonly input: unknown
  /** The records it is about, so that their rows can show that something waits. */
  readonly about: readonly string[]
  /** Words for lists of waiting things: what it is about, e.g. a name. Stays on the device. */
  readonly label: string
  /** What the person saw when deciding: record id → rev. */
  readonly basis?: Readonly<Record<string, number>>
}

export type DispatchAnswer =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly refusal: Refusal }

export interface OutboxItem {
  readonly command: CommandMessage
  readonly about: readonly string[]
  readonly label: string
  readonly roleName: string
  readonly storedAt: string
  /**
   * queued: on this device only. sending: asked, no answer yet (or the answer was lost; it will be asked again, harmlessly).
   * accepted: answered, its effect has not yet arrived in the documents. refused/failed: kept until acknowledged.
   */
  readonly state: 'queued' | 'sending' | 'accepted' | 'refused' | 'failed'
  readonly refusal: Refusal | null
  readonly answeredAt: string | null
}

export interface Connection {
  /** offline: the device says so. unreachable: no answer from the server. live: documents are up to date as they come. */
  readonly state: 'offline' | 'unreachable' | 'connecting' | 'live' | 'signed-out' | 'update-needed'
  /** When the server was last heard (its own clock), or null. */
  readonly lastContact: string | null
  /** False in a tab that lets another tab do the syncing. */
  readonly leading: boolean
}
