import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { browserFlags, findBrowser } from '../../harness/browser.ts'

/** A browser process of its own on a profile that outlives it, as a person's browser is started in the morning. */
export async function openProfile(
  folder: string,
): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const executablePath = findBrowser()
  if (executablePath === undefined) throw new Error('no Chromium; `npm test` brings one')
  const context = await chromium.launchPersistentContext(folder, {
    executablePath,
    args: [...browserFlags],
    viewport: { width: 1280, height: 800 },
    locale: 'sv-SE',
  })
  context.setDefaultTimeout(120_000)
  return { context, page: context.pages()[0] ?? (await context.newPage()) }
}
