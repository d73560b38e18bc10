import type { BrowserMemory } from '../store/browser-memory.ts'
import type { StoreDeps } from '../store/device-store.ts'
import { eraseAccount, storedAccounts } from '../store/erase-account.ts'
import type { ServerCalls } from '../sync/server-calls.ts'

/**
 * First of all, and at once: whatever happens after this, nobody opens the account here again without signing in, not even a
 * tab that is loaded while the session still stands.
 */
export function beginSigningOut(memory: BrowserMemory, account: string, everywhere: boolean): void {
  memory.set('signing-out', everywhere ? 'everywhere' : 'here')
  memory.set('account', null)
  memory.set(`role:${account}`, null)
}

/**
 * Erases the account from this device and ends the session. Without a network the data goes all the same; the cookie, which no
 * page can touch, is ended at the next contact, before anything else.
 */
export async function leaveAccount(
  memory: BrowserMemory,
  calls: ServerCalls,
  account: string,
  deps: StoreDeps,
): Promise<void> {
  await eraseAccount(account, deps)
  await finishSigningOut(memory, calls, deps)
}

/** True when no sign-out is left undone. */
export async function finishSigningOut(
  memory: BrowserMemory,
  calls: ServerCalls,
  { indexedDB }: Pick<StoreDeps, 'indexedDB'>,
): Promise<boolean> {
  const undone = memory.get('signing-out')
  if (undone === null) return true
  const query = new URLSearchParams()
  if (undone === 'everywhere') query.set('everywhere', '1')
  // The browser's own clearing takes everything of this origin; another account's unsent work must survive it.
  if ((await storedAccounts(indexedDB)).length > 0) query.set('others', '1')
  const call = await calls.json('DELETE', `/api/session?${query.toString()}`)
  if (call.kind !== 'answered' && call.kind !== 'signed-out') return false
  memory.set('signing-out', null)
  return true
}
