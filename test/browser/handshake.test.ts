import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDemoServer, type DemoServer } from './demo-server.ts'
import {
  desk,
  everythingStored,
  launchBrowser,
  phone,
  signIn,
  sitDown,
  untilInstalled,
  type PersonAtBrowser,
} from './person.ts'

let browser: Browser
let server: DemoServer

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
})

/** A fresh demo for each story: they change it. */
async function withDemo(story: (server: DemoServer) => Promise<void>): Promise<void> {
  server = await startDemoServer()
  try {
    await story(server)
  } finally {
    for (const context of browser.contexts()) await context.close()
    await server.end()
  }
}

const sit = async (key: string, viewport = desk): Promise<PersonAtBrowser> => {
  const person = await sitDown(browser, server.url, { viewport })
  await signIn(person, server.url, key)
  return person
}

const pendingRow = (person: PersonAtBrowser, name: string) =>
  person.page.getByRole('row').filter({ hasText: name })

describe('a handshake', () => {
  test('made offline with the server dead is decided when it lives again, and seen by both', () =>
    withDemo(async () => {
      const anna = await sit('p01')
      await anna.page.goto('/mina-kontakter')
      await pendingRow(anna, 'Erik Åkesson').getByText('Väntar på svar').waitFor()
      const erik = await sit('p06', phone)
      await untilInstalled(erik.page)
      await erik.page.getByRole('heading', { name: 'Väntar på mitt svar' }).waitFor()

      await server.kill()
      await erik.page.reload()
      await erik.page.getByRole('button', { name: 'Bekräfta', exact: true }).click()
      await erik.page.getByText('Väntar på nät').first().waitFor()
      // Killed with its tab, and still there: what was said to be saved is saved.
      await erik.page.close()
      const again = { ...erik, page: await erik.context.newPage() }
      await again.page.goto('/att-skicka')
      await again.page.getByText('Väntar på nät').first().waitFor()

      await server.start()
      await again.page.goto('/mina-sidor')
      await again.page.getByText('Du har inga relationer ännu.').waitFor({ state: 'hidden' })
      await again.page.getByText('Anställd').first().waitFor()
      await pendingRow(anna, 'Erik Åkesson').getByText('p06@example.test').waitFor()
      expect(await pendingRow(anna, 'Erik Åkesson').getByText('Väntar på svar').count()).toBe(0)
      expect([...anna.complaints, ...erik.complaints]).toEqual([])
    }))

  test('AC-1: who confirms offline what was taken back meanwhile is told so, and nothing is shared', () =>
    withDemo(async () => {
      const anna = await sit('p01')
      await anna.page.goto('/mina-kontakter')
      const erik = await sit('p06', phone)
      await erik.page.getByRole('button', { name: 'Bekräfta', exact: true }).waitFor()
      await erik.context.setOffline(true)

      await pendingRow(anna, 'Erik Åkesson').getByRole('button', { name: 'Sluta vänta' }).click()
      await pendingRow(anna, 'Erik Åkesson').waitFor({ state: 'hidden' })

      await erik.page.getByRole('button', { name: 'Bekräfta', exact: true }).click()
      await erik.page.getByText('Väntar på nät').first().waitFor()
      await erik.context.setOffline(false)
      await erik.page
        .getByText(/tog tillbaka förfrågan .* Inget har delats/)
        .first()
        .waitFor()

      expect(await everythingStored(anna.page)).not.toContain('p06@example.test')
      expect(await pendingRow(anna, 'Erik Åkesson').count()).toBe(0)
    }))

  test('AC-5: a tablet that was away when the membership ended forgets its people first', () =>
    withDemo(async () => {
      const tablet = await sit('p31')
      await tablet.page.goto('/mina-kontakter')
      await tablet.page.getByText('Susanna Ek').first().waitFor()
      await tablet.page.waitForTimeout(1500)
      expect(await everythingStored(tablet.page)).toContain('Susanna')
      await tablet.context.setOffline(true)

      const web = await sit('p32')
      await web.page.goto('/oversikt')
      const company = web.page.getByRole('listitem').filter({ hasText: 'Granbacka' })
      await company.getByRole('button', { name: 'AVSLUTA RELATION' }).click()
      await web.page
        .getByRole('dialog')
        .getByRole('button', { name: 'Avsluta relation', exact: true })
        .click()
      await company.waitFor({ state: 'hidden' })

      await tablet.context.setOffline(false)
      await tablet.page.getByText('Susanna Ek').first().waitFor({ state: 'hidden' })
      await tablet.page.waitForTimeout(2500)
      const left = await everythingStored(tablet.page)
      for (const gone of ['Susanna', 'p02@example.test', '199203142386', 'p04@example.test'])
        expect(left).not.toContain(gone)
      // Milla has a payment of her own with the organisation: name and number in its list of payers, nothing more.
      expect(left).toContain('Milla Virtanen Ek')
      expect(left).not.toContain('p05@example.test')
    }))
})
