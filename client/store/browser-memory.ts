/**
 * The little a browser remembers before any account is open: who was here last, whom each acted for, the language. Ids and
 * settings only, never personal data: this outlives a sign-out.
 */
export interface BrowserMemory {
  readonly get: (key: MemoryKey) => string | null
  readonly set: (key: MemoryKey, value: string | null) => void
}

export type MemoryKey = 'account' | 'locale' | 'signing-out' | `role:${string}`

export function openBrowserMemory(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): BrowserMemory {
  return {
    get: (key) => {
      try {
        return storage.getItem(`handslag:${key}`)
      } catch {
        return null
      }
    },
    set: (key, value) => {
      // A browser may forbid storage altogether (private windows); the house then only forgets more.
      try {
        if (value === null) storage.removeItem(`handslag:${key}`)
        else storage.setItem(`handslag:${key}`, value)
      } catch {
        return
      }
    },
  }
}

export function makePassingMemory(): BrowserMemory {
  const kept = new Map<string, string>()
  return {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => {
      if (value === null) kept.delete(key)
      else kept.set(key, value)
    },
  }
}
