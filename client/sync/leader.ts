/** One tab of an account speaks with the server; the others read what it writes. Held by the browser's own locks. */
export interface Leadership {
  readonly resign: () => void
}

export function leaderLockName(account: string): string {
  return `handslag-sync-${account}`
}

/** Calls `onLead` when this tab's turn comes: at once when it is alone, or when the leading tab is closed, crashed or frozen away. */
export function standForLeader(
  account: string,
  locks: Pick<LockManager, 'request'> | undefined,
  onLead: () => void,
  onFault: (fault: unknown) => void,
): Leadership {
  if (locks === undefined) {
    // A browser without locks: every tab leads. The server bears it, for the same command twice has one fate.
    queueMicrotask(onLead)
    return { resign: () => undefined }
  }
  const waiting = new AbortController()
  let letGo: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  locks
    .request(leaderLockName(account), { signal: waiting.signal }, () => {
      if (waiting.signal.aborted) return undefined
      onLead()
      return held
    })
    .catch((fault: unknown) => {
      if (!waiting.signal.aborted) onFault(fault)
    })
  return {
    resign: () => {
      waiting.abort()
      letGo()
    },
  }
}
