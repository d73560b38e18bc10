import type { BrowserContext, Page } from 'playwright-core'
import * as Y from 'yjs'
import { startChild } from '../child.ts'
import { temporaryFolder } from '../temporary.ts'
import { servePeer } from './build-pages.ts'
import { openProfile } from './profile.ts'
import type { ClientReady, ClientTask } from './server.ts'

export interface Pages {
  readonly app: string
  readonly peer: string
}

/** A browser profile in which both pages are installed with the same rows, and whose servers are dead. */
export interface Installed {
  readonly profile: string
  readonly ours: string
  readonly peer: string
  readonly rows: number
}

export async function install(pages: Pages, rows: number, dataDir = temporaryFolder()): Promise<Installed> {
  const task: ClientTask = { dataDir, app: pages.app, contacts: rows }
  const server = await startChild<ClientReady>('client/server.ts', task)
  const { url } = server.ready
  const profile = temporaryFolder()
  const { context, page } = await openProfile(profile)
  await signIn(page, context, url)
  await page.goto(`${url}/mina-kontakter`)
  await untilAllStored(page, rows)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  // From this load on its service worker answers.
  await page.reload()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await untilAllStored(page, rows)

  const peer = await servePeer(pages.peer, await rowsOf(context, page, url))
  await page.goto(`${peer.url}/?fill`)
  await page.waitForFunction(() => document.title === 'filled')
  await page.goto(`${peer.url}/`)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await context.close()
  peer.close()
  await server.stop()
  return { profile, ours: `${url}/mina-kontakter`, peer: `${peer.url}/`, rows }
}

async function signIn(page: Page, context: BrowserContext, url: string): Promise<void> {
  const email = 'c1@example.test'
  await page.goto(`${url}/`)
  await page.locator('input[type=email]').fill(email)
  await page.locator('button[type=submit]').click()
  const field = page.locator('input[autocomplete=one-time-code]')
  await field.waitFor()
  const answer = await context.request.get(`${url}/dev/mailbox.json?to=${email}`)
  const [mail] = (await answer.json()) as { text: string }[]
  await field.fill(/^\s*([A-Z0-9]{4}[ -]?[A-Z0-9]{4})\s*$/m.exec(mail?.text ?? '')?.[1] ?? '')
  await page.locator('button[type=submit]').click()
  await page.getByRole('navigation').first().waitFor()
}

/** The list has them all, and so has the disk. */
async function untilAllStored(page: Page, rows: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector('[role=table]')?.getAttribute('aria-rowcount') === wanted,
    String(rows + 1),
  )
  await page.waitForSelector('[data-connection=live]')
  await page.waitForFunction(async (wanted) => {
    const read = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(new Error('unreadable')))
      })
    const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('handslag-'))?.name
    if (name === undefined) return false
    const db = await read(indexedDB.open(name))
    const heads = (await read(db.transaction('heads').objectStore('heads').getAll())) as { total: number }[]
    db.close()
    return heads.some(({ total }) => total === wanted)
  }, rows)
}

/** The list's document as the server gives it, so that the peer holds exactly what we hold. */
async function rowsOf(context: BrowserContext, page: Page, url: string): Promise<string> {
  const party = await page.evaluate(async () => {
    const answer = await fetch('/api/session')
    const { roles } = (await answer.json()) as { roles: { party: string; kind: string }[] }
    return roles.find(({ kind }) => kind !== 'person')?.party ?? ''
  })
  const copy = await context.request.get(
    `${url}/api/documents/copy?name=${encodeURIComponent(`org/${party}/contacts`)}`,
  )
  if (!copy.ok()) throw new Error(`the copy of the list: ${copy.status()}`)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, await copy.body())
  return `[${[...doc.getMap<string>('entries').values()].join(',')}]`
}
