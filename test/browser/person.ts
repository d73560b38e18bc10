import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { browserFlags, findBrowser } from '../harness/browser.ts'

export const phone = { width: 390, height: 844 }
export const desk = { width: 1280, height: 800 }

export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === undefined) throw new Error('no Chromium; npm test brings one')
  return chromium.launch({ executablePath, args: [...browserFlags] })
}

/** A person at a browser of their own. */
export interface PersonAtBrowser {
  readonly context: BrowserContext
  readonly page: Page
  /** What the browser complained about: policy violations and page errors. */
  readonly complaints: string[]
}

export async function sitDown(
  browser: Browser,
  url: string,
  options: { readonly viewport?: typeof phone; readonly dark?: boolean; readonly locale?: string } = {},
): Promise<PersonAtBrowser> {
  const context = await browser.newContext({
    viewport: options.viewport ?? desk,
    colorScheme: options.dark === true ? 'dark' : 'light',
    locale: options.locale ?? 'sv-SE',
    baseURL: url,
  })
  context.setDefaultTimeout(15_000)
  const complaints: string[] = []
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Trusted/i.test(message.text())) {
      complaints.push(message.text())
    }
  })
  return { context, page, complaints }
}

/** Through the front door, with the code from the mailbox. */
export async function signIn({ page, context }: PersonAtBrowser, url: string, key: string): Promise<void> {
  const email = `${key.toLowerCase()}@example.test`
  await page.goto('/')
  // By kind rather than by word: people of five languages sit down here.
  await page.locator('input[type=email]').fill(email)
  await page.locator('button[type=submit]').click()
  const field = page.locator('input[autocomplete=one-time-code]')
  await field.waitFor()
  await field.fill(await codeFor(context, url, email))
  await page.locator('button[type=submit]').click()
  await page.getByRole('navigation').first().waitFor()
}

async function codeFor(context: BrowserContext, url: string, email: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await context.request.get(`${url}/dev/mailbox.json?to=${encodeURIComponent(email)}`)
    for (const mail of (await answer.json()) as { text: string }[]) {
      const code = /^\s*([A-Z0-9]{4}[ -]?[A-Z0-9]{4})\s*$/m.exec(mail.text)?.[1]
      if (code !== undefined) return code
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`no code for ${email}`)
}

/** The app is installed: all it needs without a network is here, and from this load on its service worker answers. */
export async function untilInstalled(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.reload()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

/** Everything every database of this origin holds, as text: what a thief with the unlocked device could read. */
export function everythingStored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const parts: string[] = []
    const read = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(new Error('unreadable')))
      })
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue
      const db = await read(indexedDB.open(name))
      for (const store of db.objectStoreNames) {
        const rows = await read(db.transaction(store).objectStore(store).getAll())
        parts.push(
          JSON.stringify(rows, (_key, value: unknown) =>
            value instanceof Uint8Array || value instanceof ArrayBuffer
              ? new TextDecoder('latin1').decode(value)
              : value,
          ),
        )
      }
      db.close()
    }
    for (const storage of [localStorage, sessionStorage]) {
      for (let n = 0; n < storage.length; n += 1) parts.push(storage.getItem(storage.key(n) ?? '') ?? '')
    }
    return parts.join('\n')
  })
}
