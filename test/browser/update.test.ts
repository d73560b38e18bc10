import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startDemoServer } from './demo-server.ts'
import { desk, launchBrowser, signIn, sitDown, untilInstalled } from './person.ts'

const worker = join(import.meta.dirname, '..', '..', 'dist', 'sw.js')

test('a new version waits to be asked for, never takes a form away, and is there after the press', async () => {
  const before = readFileSync(worker, 'utf8')
  const server = await startDemoServer()
  const browser = await launchBrowser()
  onTestFinished(async () => {
    writeFileSync(worker, before)
    await browser.close()
    await server.end()
  })
  const anna = await sitDown(browser, server.url, { viewport: desk })
  await signIn(anna, server.url, 'p01')
  await untilInstalled(anna.page)
  await anna.page.goto('/mina-kontakter')
  await anna.page.getByRole('button', { name: '+ SKAPA NY KONTAKT' }).click()
  const form = anna.page.getByRole('dialog')
  await form.getByLabel('Namn', { exact: true }).fill('Hugo Blom')

  // A version that differs in nothing but that it is another.
  writeFileSync(worker, `${before}\n// ${Date.now()}`)
  await server.kill()
  await server.start()
  await anna.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    await registration?.update()
    const waits = async () => (await navigator.serviceWorker.getRegistration())?.waiting
    while ((await waits()) === null) await new Promise((resolve) => setTimeout(resolve, 50))
  })
  await anna.page.waitForTimeout(500)
  expect(await form.getByLabel('Namn', { exact: true }).inputValue()).toBe('Hugo Blom')

  await anna.page.keyboard.press('Escape')
  await anna.page.getByText('Ny version finns.').waitFor()
  await Promise.all([
    anna.page.waitForEvent('load'),
    anna.page.getByRole('button', { name: 'Uppdatera nu' }).click(),
  ])
  await anna.page.getByRole('heading', { name: 'Mina kontakter' }).waitFor()
  await anna.page.waitForFunction(
    async () => (await navigator.serviceWorker.getRegistration())?.waiting === null,
  )
  expect(await anna.page.getByText('Ny version finns.').count()).toBe(0)
})
