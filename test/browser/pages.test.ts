import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDemoServer, type DemoServer } from './demo-server.ts'
import { desk, launchBrowser, phone, signIn, sitDown } from './person.ts'

let browser: Browser
let server: DemoServer
const pictures = join(import.meta.dirname, '..', '.out', 'pages')

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  browser = await launchBrowser()
  server = await startDemoServer()
})
afterAll(async () => {
  await browser.close()
  await server.end()
})

/** A company that has been asked, one that has asked, an organisation, a person with everything, and one with nothing. */
const visits: readonly (readonly [key: string, paths: readonly string[]])[] = [
  ['p01', ['/oversikt', '/mina-kontakter', '/fakturamottagare', '/att-skicka']],
  ['p07', ['/oversikt', '/mina-kontakter', '/fakturamottagare']],
  ['p17', ['/oversikt']],
  ['p31', ['/oversikt', '/mina-kontakter', '/fakturamottagare']],
  ['p12', ['/mina-sidor']],
  ['p06', ['/mina-sidor']],
]
const looks = [
  { name: 'desk-light-sv', viewport: desk, dark: false, locale: 'sv-SE' },
  { name: 'phone-dark-fi', viewport: phone, dark: true, locale: 'fi-FI' },
]

describe.each(looks)('at $name', (look) => {
  test.each(visits)(
    '%s finds pages without barriers, and no policy broken',
    async (key, paths) => {
      const person = await sitDown(browser, server.url, look)
      await signIn(person, server.url, key)
      for (const path of paths) {
        await person.page.goto(path)
        await person.page.getByRole('heading', { level: 1 }).waitFor()
        await person.page.waitForTimeout(700)
        await person.page.screenshot({
          path: join(pictures, `${look.name}-${key}${path.replace('/', '-')}.png`),
        })
        const found = await new AxeBuilder({ page: person.page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze()
        const barriers = found.violations.map(
          ({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html.slice(0, 160) ?? ''}`,
        )
        expect(barriers).toEqual([])
      }
      expect(person.complaints).toEqual([])
      await person.context.close()
    },
    120_000,
  )
})
