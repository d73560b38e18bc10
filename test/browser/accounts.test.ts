import { expect, onTestFinished, test } from 'vitest'
import { startDemoServer } from './demo-server.ts'
import { desk, everythingStored, launchBrowser, signIn, sitDown } from './person.ts'

test('who signs out leaves nothing of what was shown, and the next account on the same browser sees only its own', async () => {
  const server = await startDemoServer()
  const browser = await launchBrowser()
  onTestFinished(async () => {
    await browser.close()
    await server.end()
  })
  const here = await sitDown(browser, server.url, { viewport: desk })
  const { page } = here
  await signIn(here, server.url, 'p01')
  await page.goto('/mina-kontakter')
  await page.getByText('Susanna Ek').first().waitFor()
  await expect.poll(() => everythingStored(page)).toContain('Susanna')

  await page.getByRole('button', { name: 'Konto och inställningar' }).click()
  await page.getByRole('button', { name: 'Logga ut här' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Logga ut här' }).click()
  await page.locator('input[type=email]').waitFor()
  expect(await everythingStored(page)).not.toMatch(/Susanna|199203142386|p02@example.test|Granbacka/)

  await signIn(here, server.url, 'p06')
  await page.getByRole('heading', { name: 'Väntar på mitt svar' }).waitFor()
  await page.waitForTimeout(1500)
  const stored = await everythingStored(page)
  expect(stored).toContain('Erik Åkesson')
  expect(stored).not.toMatch(/Susanna|199203142386|p02@example.test/)
  expect(here.complaints).toEqual([])
})
