import { databaseName, openDeviceStore, type StoreDeps } from './device-store.ts'

/** Erases everything of an account from this device, unsent work included. Waits for other tabs to let go. */
export async function eraseAccount(account: string, { indexedDB }: StoreDeps): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const deletion = indexedDB.deleteDatabase(databaseName(account))
    deletion.addEventListener('success', () => resolve())
    deletion.addEventListener('error', () =>
      reject(deletion.error ?? new Error('the database could not be deleted')),
    )
    // Another tab still holds it; it is deleted when that tab lets go, and signing out need not wait for that.
    deletion.addEventListener('blocked', () => resolve())
  })
}

/** Accounts that have something on this device. A browser that cannot list its databases is taken to have none but its own. */
export async function storedAccounts(indexedDB: IDBFactory): Promise<readonly string[]> {
  const prefix = databaseName('')
  const databases = await indexedDB.databases?.().catch(() => [])
  return (databases ?? []).flatMap(({ name }) =>
    name?.startsWith(prefix) === true ? [name.slice(prefix.length)] : [],
  )
}

/**
 * Another account signs in on this browser, or the lease has ended: what can be fetched again goes. Work that was never sent stays,
 * for it cannot be fetched from anywhere, and so does a no that nobody has read; both wait for their owner to sign in here again.
 */
export async function retireAccount(account: string, deps: StoreDeps): Promise<void> {
  const store = await openDeviceStore(account, deps)
  let kept = 0
  try {
    kept = await store.run(async (tables) => {
      await Promise.all([
        tables.documents.clear(),
        tables.marks.clear(),
        tables.snapshots.clear(),
        tables.heads.clear(),
        tables.roleViews.clear(),
        tables.meta.delete('session'),
      ])
      return tables.outbox.count()
    })
  } finally {
    store.close()
  }
  if (kept === 0) await eraseAccount(account, deps)
}
