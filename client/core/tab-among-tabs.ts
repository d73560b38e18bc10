import { standForLeader } from '../sync/leader.ts'
import { openTabNotices, type TabNotice, type TabNotices } from '../sync/tab-notices.ts'
import { createPartiesHere, type DeviceParts } from './device-parts.ts'
import { lead, type Lead } from './lead.ts'

/** This tab among the tabs of its account: it leads, or follows the one that does. */
export interface TabAmongTabs {
  readonly tell: TabNotices['tell']
  /** Null while another tab leads. */
  readonly leading: () => Lead | null
  readonly stop: () => void
}

export interface TabDeps {
  readonly parts: DeviceParts
  /** What is stored has been drawn; the leader begins after it. */
  readonly shown: Promise<void>
  readonly setLeading: (leading: boolean) => void
  /** The account is over here; `erased` tells whether its data is. */
  readonly onLeft: (erased: boolean) => void
}

const retryMs = 5000

export function joinTabs({ parts, shown, setLeading, onLeft }: TabDeps): TabAmongTabs {
  const { account, deps, clock, connection, documents, outboxList, roleRows, acting } = parts
  const parties = createPartiesHere(parts)
  let leading: Lead | null = null
  let stopped = false

  const notices = openTabNotices(account, deps.openChannel, (notice) => {
    if (!stopped) void heed(notice).catch(unlessStopped)
  })
  function unlessStopped(fault: unknown): void {
    if (!stopped) deps.onFault(fault)
  }
  function tellContact(): void {
    notices.tell({ about: 'contact', contact: connection.contact(), lastContact: clock.lastHeard() })
  }

  async function heed(notice: TabNotice): Promise<void> {
    switch (notice.about) {
      case 'rows':
        if (leading !== null) return
        return notice.document === '' ? documents.reload() : roleRows.reload(notice.document)
      case 'outbox':
        return outboxList.refresh()
      case 'send':
        await outboxList.refresh()
        return leading?.send()
      case 'role':
        parties.add(notice.party)
        return leading?.wake()
      case 'hello':
        if (leading !== null) tellContact()
        return
      case 'contact':
        if (leading !== null) return
        if (notice.lastContact !== null) clock.heard(notice.lastContact)
        return connection.set(notice.contact)
      case 'left':
        return onLeft(true)
    }
  }

  async function takeTheLead(): Promise<void> {
    await shown
    await deps.afterFirstPaint?.()
    if (stopped) return
    leading = await lead({
      ...parts,
      parties: parties.list,
      tell: notices.tell,
      tellContact,
      isStopped: () => stopped,
      onSignedOut: () => onLeft(false),
    })
    if (leading === null) return
    setLeading(true)
    connection.setLeading(true)
  }

  /** The lock is held from now on, so nobody else will: what could not be loaded (Yjs, on a first visit cut short) is tried again. */
  function leadUntilItWorks(): void {
    void takeTheLead().catch((fault: unknown) => {
      unlessStopped(fault)
      if (!stopped) retry = setTimeout(leadUntilItWorks, retryMs)
    })
  }
  let retry: ReturnType<typeof setTimeout> | undefined
  const leadership = standForLeader(account, deps.locks, leadUntilItWorks, deps.onFault)
  notices.tell({ about: 'hello' })
  notices.tell({ about: 'role', party: acting.role().party })
  return {
    tell: notices.tell,
    leading: () => leading,
    stop: () => {
      stopped = true
      clearTimeout(retry)
      leading?.stop()
      leading = null
      leadership.resign()
      notices.close()
    },
  }
}
