import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import type { ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveFakeApp } from '../client/fake-app/serve.ts'
import { launchBrowser, phone, sitDown } from './person.ts'

// The pages on a House of rows alone: what stands on the screen and what a press does, without server or store.
let browser: Browser
let server: ViteDevServer
let url: string

beforeAll(async () => {
  browser = await launchBrowser()
  server = await serveFakeApp()
  const address = server.httpServer?.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

async function open(path: string, options: Parameters<typeof sitDown>[2] = {}): Promise<Page> {
  for (const context of browser.contexts()) await context.close()
  const { page } = await sitDown(browser, url, options)
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

describe('every page', () => {
  test.each([
    '/oversikt?as=C-NORR',
    '/oversikt?as=ORG-FYR',
    '/mina-kontakter?as=ORG-FYR',
    '/fakturamottagare?as=C-TALL',
    '/mina-sidor?as=P01',
    '/att-skicka?as=C-GRAN',
    '/logga-in',
  ])('%s needs no scrolling sideways on the narrowest screen, in the longest language', async (path) => {
    const page = await open(path, { viewport: { width: 320, height: 640 }, locale: 'de-DE' })
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return { scrollWidth, clientWidth }
    })
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth)
  })
})

describe('a dialog', () => {
  test('takes the focus, closes with Escape, and gives the focus back', async () => {
    const page = await open('/mina-kontakter?as=C-GRAN')
    const opener = button(page, '+ SKAPA NY KONTAKT')
    await opener.click()
    const dialog = page.getByRole('dialog', { name: 'Skapa ny kontakt' })
    await dialog.waitFor()
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  test('with all its complaints has nothing a reader or weak eyes stumble on', async () => {
    const page = await open('/mina-kontakter?as=C-GRAN', { viewport: phone })
    await button(page, '+ SKAPA NY KONTAKT').click()
    await button(page, 'Skicka kontaktförfrågan').click()
    await page.getByText('Ange personens namn.').waitFor()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  })

  test('keeps in sight, shut, the types that do not fit the kind of company, with the reason (IS-57)', async () => {
    const page = await open('/mina-kontakter?as=C-GRAN')
    await button(page, '+ SKAPA NY KONTAKT').click()
    await page.getByText('Relationstypen är bara för värdepappersbolag.').waitFor()
    expect(await page.getByRole('radio', { name: 'Anknutet ombud', exact: true }).isDisabled()).toBe(true)
    expect(await page.getByRole('radio', { name: 'Anställd', exact: true }).isChecked()).toBe(true)
  })

  test('refuses a number that is none, and names what is wrong with it (X-17)', async () => {
    const page = await open('/mina-kontakter?as=C-GRAN')
    await button(page, '+ SKAPA NY KONTAKT').click()
    await page.getByLabel('Namn', { exact: true }).fill('Någon')
    await page.getByLabel('Personnummer', { exact: true }).fill('861322-3932')
    await button(page, 'Skicka kontaktförfrågan').click()
    await page.getByText(/861322-3932 är inte ett giltigt personnummer .* \(datumet finns inte\)/).waitFor()
  })

  test('tells of each number by itself which was added and which was not (IS-106)', async () => {
    const page = await open('/fakturamottagare?as=C-TALL')
    await button(page, '+ LÄGG TILL / ÄNDRA').click()
    await page
      .getByLabel('Ange ett eller flera personnummer avgränsade med kommatecken')
      .fill('19900101-2385, 861322-3932')
    await button(page, 'Spara').click()
    await page.getByText('1 tillagda, 1 kunde inte läggas till: 861322-3932').waitFor()
  })
})

describe('what waits', () => {
  test('is shown on the row with a way back, counted on every page, and gone when undone (CC-2)', async () => {
    const page = await open('/mina-kontakter?as=C-GRAN')
    await page.evaluate("house.setConnection('offline')")
    const row = page.getByRole('row').filter({ hasText: 'Erik Åkesson' })
    await row.getByRole('button', { name: 'Sluta vänta' }).click()
    await row.getByText('Väntar på nät').waitFor()
    await page.getByText('Väntar på nät: 1 ändring är sparad på enheten.').waitFor()
    await row.getByRole('button', { name: 'Ångra' }).click()
    await row.getByRole('button', { name: 'Sluta vänta' }).waitFor()
    expect(await page.getByText('är sparad på enheten').count()).toBe(0)
  })

  test('and is refused later, is told on every page and stays with its reason until it has been read', async () => {
    const page = await open('/oversikt?as=C-NORR')
    await page.evaluate("house.setConnection('offline')")
    await button(page, 'Ja, det stämmer').click()
    await page.getByText('är sparad på enheten').waitFor()
    await page.evaluate("house.setConnection('live')")
    await page
      .getByText(/Kräver din uppmärksamhet: 1 ändring gick inte igenom. Kompassringen AB tog tillbaka/)
      .waitFor()
    await page.getByRole('link', { name: 'Att skicka', exact: true }).click()
    await page.getByRole('heading', { level: 2, name: 'Kräver din uppmärksamhet' }).waitFor()
    await button(page, 'Jag har läst').click()
    await page.getByText('Allt är skickat.').waitFor()
  })

  test('is named before signing out loses it', async () => {
    const page = await open('/oversikt?as=C-NORR')
    await page.evaluate("house.setConnection('offline')")
    await button(page, 'Ja, det stämmer').click()
    await button(page, 'Konto och inställningar').click()
    await button(page, 'Logga ut här').first().click()
    const dialog = page.getByRole('dialog', { name: 'Logga ut' })
    await dialog.getByText('1 osänd ändring går förlorad:').waitFor()
    await dialog.getByText('Bekräfta: Kompassringen AB').waitFor()
  })
})

describe('a list of thousands', () => {
  test('draws only what is in sight, says how many there are, and is searched while typing', async () => {
    const page = await open('/mina-kontakter?as=C-GRAN&many=5000')
    const rows = page.getByRole('row')
    await rows.nth(3).waitFor()
    expect(await rows.count()).toBeLessThan(60)
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('5001')
    await page.keyboard.press('/')
    await page.keyboard.type('anna-karin')
    await page
      .getByText(/^\d+ träffar$/)
      .first()
      .waitFor()
    expect(await rows.nth(1).innerText()).toContain('Anna-Karin')
  })

  test('leaves the focus with its person when the rows change under it, and takes the rows back for others only while typing', async () => {
    const page = await open('/mina-kontakter?as=C-GRAN')
    const end = page.getByRole('row').getByRole('button', { name: 'Avsluta relation' })
    await end.nth(2).focus()
    const focused = () => page.evaluate(() => document.activeElement?.closest('[role=row]')?.textContent)
    const before = await focused()
    const name = await page.locator('[role=row]:focus-within [role=rowheader]').innerText()
    expect(await page.getByRole('row').nth(1).innerText()).not.toContain(name)
    const search = page.getByRole('searchbox')
    // The words change as if from elsewhere: the focus is still in the table.
    await search.evaluate((input: HTMLInputElement, wanted) => {
      input.value = wanted
      input.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }, name)
    await page.waitForFunction(() => document.querySelector('[role=table]')?.ariaRowCount === '2')
    expect(await focused()).toBe(before)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText(name).first().waitFor()
    // What was opened for one stays theirs when the list below turns to others.
    await search.evaluate((input: HTMLInputElement) => {
      input.value = ''
      input.dispatchEvent(new InputEvent('input', { bubbles: true }))
    })
    await page.getByRole('row', { includeHidden: true }).nth(3).waitFor({ state: 'attached' })
    await dialog.getByText(name).first().waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await focused()).toBe(before)
    // Typing: another's line comes into the place, and its button is that other's.
    await search.fill(name)
    await page.waitForFunction(() => document.querySelector('[role=table]')?.ariaRowCount === '2')
    expect(await page.getByRole('row').nth(1).innerText()).toContain(name)
    await end.first().click()
    await dialog.getByText(name).first().waitFor()
  })

  test('is found again where it was left, by the back button', async () => {
    const page = await open('/mina-kontakter?as=C-GRAN&many=5000')
    await page.getByRole('row').nth(3).waitFor()
    await page.evaluate(() => scrollTo(0, 60_000))
    await page.waitForFunction(() => scrollY > 50_000)
    await page.getByRole('link', { name: 'Översikt', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Översikt' }).waitFor()
    expect(await page.evaluate(() => scrollY)).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Översikt')
    expect(await page.title()).toBe('Översikt · Handslag')
    await page.goBack()
    await page.waitForFunction(() => scrollY > 50_000)
  })
})

describe('the role and the language', () => {
  test('which company I act for, with its number, is always in sight (IS-15), and changing it changes the pages', async () => {
    const page = await open('/oversikt?as=C-GRAN')
    const role = page.getByLabel('Du företräder')
    expect(await role.locator('option:checked').innerText()).toBe(
      'Granbacka Försäkringsförmedling AB (559990-0049)',
    )
    await role.selectOption({ label: 'Anna-Karin Sjöö (mig själv)' })
    await page.getByRole('heading', { level: 1, name: 'Mina sidor' }).waitFor()
  })

  test('a link to a page of another role says so and offers the role', async () => {
    const page = await open('/mina-sidor?as=C-GRAN')
    await page.getByRole('heading', { level: 1, name: 'Sidan hör till en annan roll' }).waitFor()
    await button(page, 'Företräd Anna-Karin Sjöö').click()
    await page.getByRole('heading', { level: 1, name: 'Mina sidor' }).waitFor()
  })

  test('another language changes every word, the title and the language of the page, and is remembered', async () => {
    const page = await open('/oversikt?as=C-GRAN')
    await button(page, 'Konto och inställningar').click()
    await page.getByLabel('Språk').selectOption('fi')
    await page.getByRole('heading', { level: 1, name: 'Yleiskuva' }).waitFor()
    expect(await page.title()).toBe('Yleiskuva · Handslag')
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('fi')
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Yleiskuva' }).waitFor()
  })
})

test('a personal number is masked in a hand until asked for; on a desk it is whole (CC-8)', async () => {
  const page = await open('/mina-kontakter?as=C-GRAN', { viewport: phone })
  const row = page.getByRole('row').filter({ hasText: 'Anna-Karin Sjöö' })
  expect(await row.innerText()).toContain('900101-••••')
  expect(await row.innerText()).not.toContain('2385')
  await row.getByRole('button', { name: /Visa hela personnumret/ }).click()
  await row.getByText('900101-2385').waitFor()
  const desktop = await open('/mina-kontakter?as=C-GRAN')
  await desktop.getByText('900101-2385').waitFor()
})
