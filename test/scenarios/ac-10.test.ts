import { expect, test } from 'vitest'
import { party } from '../harness/start-house.ts'
import { createActs } from './acts.ts'
import { entriesOf, withHouse } from './with-house.ts'

const byName = (one = '', other = '') => one.localeCompare(other, 'sv')
const [vera, bjorkudden, fyrbaken] = [party('P13'), party('C-BJORK'), party('ORG-FYR')]

test('AC-10 a payment that is unticked ends alone: the employment stays, and the person pays', async () => {
  const house = await withHouse()
  const acts = createActs(house)
  const user = await house.signIn('P13')
  const row = (await entriesOf(user, bjorkudden, 'payers', 'billing')).find(
    ({ bond }) => bond.a === vera && bond.state === 'confirmed',
  )!
  expect((await entriesOf(user, vera, 'me', 'payer'))[0]?.all).toMatchObject({
    payer: bjorkudden,
    rule: 'P4',
  })
  expect(await acts.act(user, bjorkudden, 'bond.end', { id: row.id })).toMatchObject({ status: 'accepted' })

  const own = await entriesOf(user, vera, 'me', 'own')
  expect(own.find(({ bond }) => bond.type === 'employed')?.bond.state).toBe('confirmed')
  expect(own.find(({ id }) => id === row.id)?.bond.state).toBe('ended')
  expect((await entriesOf(user, vera, 'me', 'payer'))[0]?.all).toMatchObject({
    payer: 'self',
    rule: 'P5',
    candidates: [],
  })
  expect((await entriesOf(user, bjorkudden, 'payers', 'billing')).some(({ id }) => id === row.id)).toBe(false)
  const contacts = await entriesOf(user, bjorkudden, 'contacts', 'contact')
  expect(contacts.find(({ bond }) => bond.a === vera)?.bond.state).toBe('confirmed')
  await acts.checkAudit()
})

interface Mail {
  readonly subject: string
  readonly text: string
}

/** What a person has been written about payments. */
async function mailsTo(url: string, key: string): Promise<readonly Mail[]> {
  const mails = (await (await fetch(`${url}/dev/mailbox.json?to=${key}@example.test`)).json()) as Mail[]
  return mails.filter(({ subject }) => !subject.includes('kod'))
}

test('AC-10 whoever is unticked by another is told, with the way to the page where another payer can be chosen', async () => {
  const house = await withHouse()
  const acts = createActs(house)
  const [user, hedda] = [await house.signIn('P01'), await house.signIn('P31')]
  const granbacka = party('C-GRAN')
  const row = (await entriesOf(user, granbacka, 'payers', 'billing')).find(
    ({ person }) => person?.name === 'Susanna Ek',
  )!
  expect(await acts.act(user, granbacka, 'bond.end', { id: row.id })).toMatchObject({ status: 'accepted' })
  await expect.poll(async () => (await mailsTo(house.url, 'p02')).length).toBe(1)
  const [mail] = await mailsTo(house.url, 'p02')
  for (const words of ['Granbacka', 'fakturamottagare', '/mina-sidor']) expect(mail?.text).toContain(words)
  // The organisation that had taken over the company's payments loses the row as well.
  expect(JSON.stringify(await hedda.read(fyrbaken, 'payers'))).not.toContain('Susanna Ek')
  expect(JSON.stringify(await hedda.read(fyrbaken, 'contacts'))).toContain('Susanna Ek')
  await acts.checkAudit()
})

test('AC-10 an employment that ends takes its payment along, and tells both in one mail', async () => {
  const house = await withHouse()
  const [company, omar] = [await house.signIn('P07'), await house.signIn('P08')]
  const employment = (await entriesOf(company, party('C-TALL'), 'contacts', 'contact')).find(
    ({ bond }) => bond.a === party('P08'),
  )!
  expect(await company.command(party('C-TALL'), 'bond.end', { id: employment.id })).toMatchObject({
    status: 'accepted',
  })
  await expect.poll(async () => (await mailsTo(house.url, 'p08')).length).toBe(1)
  expect((await mailsTo(house.url, 'p08'))[0]?.text).not.toContain('fakturamottagare')
  expect((await entriesOf(omar, party('P08'), 'me', 'payer'))[0]?.all.payer).toBe('self')
})

test('AC-10 whom a broker organisation pays for through a company it cannot untick, and is told whose it is', async () => {
  const house = await withHouse()
  const acts = createActs(house)
  const hedda = await house.signIn('P31')
  const through = (await entriesOf(hedda, fyrbaken, 'payers', 'billing')).filter(
    ({ via }) => via?.id === party('C-GRAN'),
  )
  expect(through.map(({ person }) => person?.name).toSorted(byName)).toEqual([
    'Anna-Karin Sjöö',
    'Johan Hedlund',
    'Sanna Öberg',
    'Susanna Ek',
  ])
  for (const { id } of through) {
    expect(await acts.act(hedda, fyrbaken, 'bond.end', { id })).toMatchObject({
      status: 'refused',
      code: 'bond/not-yours-to-end',
      rule: 'B35',
    })
  }
  await acts.checkAudit()
})
