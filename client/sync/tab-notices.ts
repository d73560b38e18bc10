import type { Contact } from './open-documents.ts'

/**
 * What tabs of one account tell each other: that something changed, never what. Opaque ids and states only; any page of this
 * origin could listen.
 */
export type TabNotice =
  /** '' = which documents a role has. */
  | { readonly about: 'rows'; readonly document: string }
  | { readonly about: 'outbox' }
  /** To the leader: there is something to send, or a role is acted for in this tab. */
  | { readonly about: 'send' }
  | { readonly about: 'role'; readonly party: string }
  /** A new tab asks how things stand. */
  | { readonly about: 'hello' }
  /** The account was signed out and erased here. */
  | { readonly about: 'left' }
  | { readonly about: 'contact'; readonly contact: Contact; readonly lastContact: string | null }

export interface TabNotices {
  readonly tell: (notice: TabNotice) => void
  readonly close: () => void
}

export type OpenChannel = (name: string) => BroadcastChannel

export function channelName(account: string): string {
  return `handslag-${account}`
}

export function openTabNotices(
  account: string,
  openChannel: OpenChannel | undefined,
  onNotice: (notice: TabNotice) => void,
): TabNotices {
  const channel = openChannel?.(channelName(account))
  let closed = false
  channel?.addEventListener('message', ({ data }) => {
    if (!closed) onNotice(data as TabNotice)
  })
  return {
    tell: (notice) => {
      if (!closed) channel?.postMessage(notice)
    },
    close: () => {
      closed = true
      channel?.close()
    },
  }
}
