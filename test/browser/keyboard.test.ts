import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { startDemoServer } from './demo-server.ts'
import { desk, launchBrowser, signIn, sitDown } from './person.ts'

/** The visible name of what has the focus. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    const labels = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined
    return (labels ?? element?.textContent ?? '').trim()
  })

async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await focused(page)).startsWith(name)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${name}`)
}

test('a company asks somebody to be its employee, takes it back, and finds a person, by keyboard alone', async () => {
  const server = await startDemoServer()
  const browser = await launchBrowser()
  onTestFinished(async () => {
    await browser.close()
    await server.end()
  })
  const anna = await sitDown(browser, server.url, { viewport: desk })
  await signIn(anna, server.url, 'p01')
  const { page } = anna
  const { keyboard } = page

  await tabTo(page, 'Mina kontakter')
  await keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Mina kontakter' }).waitFor()
  await tabTo(page, '+ SKAPA NY KONTAKT')
  await keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await tabTo(page, 'Namn')
  await keyboard.type('Hugo Blom')
  await keyboard.press('Tab')
  await keyboard.type('020217-2391')
  await keyboard.press('Enter')
  await page.getByText('Förfrågan är skickad. Hugo Blom behöver logga in och bekräfta.').first().waitFor()
  await keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await focused(page)).toBe('+ SKAPA NY KONTAKT')
  const row = page.getByRole('row').filter({ hasText: 'Hugo Blom' })
  await row.getByText('Väntar på svar').waitFor()

  await keyboard.press('/')
  expect(await focused(page)).toBe('Sök bland kontakter')
  await keyboard.type('hugo')
  await expect.poll(() => page.getByRole('row').filter({ hasText: '@example.test' }).count()).toBe(0)
  await tabTo(page, 'Sluta vänta')
  await keyboard.press('Enter')
  await row.waitFor({ state: 'hidden' })
  expect(anna.complaints).toEqual([])
})
