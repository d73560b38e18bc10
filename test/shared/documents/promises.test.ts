import { describe, expect, test } from 'vitest'
import type { Change } from '#shared/changes.ts'
import { documentsFor, mayOpen } from '#shared/documents/audience.ts'
import type { Entry, OwnBondEntry } from '#shared/documents/entries.ts'
import { readDocumentName } from '#shared/documents/names.ts'
import { entryOf, keysOf } from '#shared/documents/views.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import {
  asked,
  bondId,
  declined,
  employed,
  ended,
  endSet,
  followerId,
  frozen,
  given,
  type Happened,
  givenFacts,
  standing,
} from '../bond-story.ts'
import {
  accountOf,
  dayFrom,
  demoFacts,
  id,
  now,
  organisation,
  person,
  self,
  strangers,
  today,
  user,
} from '../demo-parties.ts'

type Told = Happened

function entriesOf(document: string, facts: Facts): readonly Entry[] {
  return keysOf(document, facts).flatMap((key) => entryOf(document, key, facts, today) ?? [])
}
const shown = (company: string, view: string, ...told: readonly Told[]) =>
  entriesOf(`org/${id(company)}/${view}`, given(...told).facts)
const mine = (key: string, ...told: readonly Told[]) =>
  entriesOf(`me/${accountOf(key)}`, given(...told).facts)

/** Everything the house knows of a person, as texts that must not turn up. */
function particulars(key: string): readonly string[] {
  const { name, nationalId, contact } = person(key)
  const { street, email, phone } = contact!
  return [name, nationalId!.value, nationalId!.key, street, email, phone].filter((text) => text !== '')
}
const employment = bondId('employed', 'P06', 'C-GRAN')
const withTyped = (told: readonly Change[], name: string): readonly Change[] =>
  told.map((change) =>
    change.type === 'bondProposed' ? { ...change, note: '', typed: { name, nationalId: null } } : change,
  )

describe('what documents promise', () => {
  test('[D1] the same tables give the same entries, byte by byte', () => {
    const all = (facts: Facts) =>
      ['C-GRAN', 'ORG-FYR', 'C-TALL'].flatMap((key) =>
        ['base', 'contacts', 'payers'].map((view) =>
          JSON.stringify(entriesOf(`org/${id(key)}/${view}`, facts)),
        ),
      )
    const facts = demoFacts()
    const again = demoFacts()
    expect(all(facts)).toEqual(all(again))
    expect(all(facts).join('').length).toBeGreaterThan(10_000)
  })

  test('[D2] an account opens its own document and those of the role it acts in', () => {
    const facts = strangers()
    const names = (account: string, party: string) =>
      documentsFor(account, party, facts).map(({ name }) => name)
    const mineOnly = [`me/${accountOf('P01')}`]
    expect(names(accountOf('P01'), id('P01'))).toEqual(mineOnly)
    expect(names(accountOf('P01'), id('C-GRAN'))).toEqual([
      ...mineOnly,
      ...['base', 'contacts', 'payers'].map((view) => `org/${id('C-GRAN')}/${view}`),
    ])
    expect(names(accountOf('P01'), id('C-TALL'))).toEqual(mineOnly)
    expect(names(accountOf('F01'), id('E-SAARI'))).toEqual([`me/${accountOf('F01')}`])
  })

  test('[D2] whatever else is asked for is as if it did not exist', () => {
    const facts = strangers()
    const no = [
      `me/${accountOf('P06')}`,
      `org/${id('C-TALL')}/contacts`,
      `org/${id('C-GRAN')}/secrets`,
      `org/${id('C-GRAN')}`,
      `org//contacts`,
      'me/',
      '',
      '../me',
      '__proto__',
      `org/${id('C-GRAN')}/contacts/`,
      'x'.repeat(200),
    ]
    for (const name of no) expect(mayOpen(accountOf('P01'), name, facts)).toBe(false)
    expect(readDocumentName('org/__proto__/contacts')).toEqual({ view: 'contacts', owner: '__proto__' })
    expect(mayOpen(accountOf('P01'), 'org/__proto__/contacts', facts)).toBe(false)
    expect(mayOpen(accountOf('P01'), `me/${accountOf('P01')}`, facts)).toBe(true)
  })

  test('[D3] one’s own bonds are seen with both sides’ words, and by whom one is seen', () => {
    const entries = mine('P06', endSetWith('Flyttar'), standing('org_membership', 'C-GRAN', 'ORG-FYR'))
    const own = entries.find(
      (entry): entry is OwnBondEntry => entry.kind === 'own' && entry.id === employment,
    )
    expect(own).toMatchObject({
      bond: { endReason: 'Flyttar' },
      other: { name: organisation('C-GRAN').name },
    })
    expect(own?.seers.map((seer) => seer.name)).toEqual([
      organisation('C-GRAN').name,
      organisation('ORG-FYR').name,
    ])
    expect(entries.map((entry) => entry.kind).sort()).toEqual(['account', 'own', 'own', 'payer', 'role'])
    expect(mine('P09', employed('P06', 'C-GRAN')).filter((entry) => entry.kind === 'own')).toEqual([])
  })

  test('[D4] Översikt names no person but the contact person', () => {
    const text = JSON.stringify(
      shown('C-GRAN', 'base', employed('P06', 'C-GRAN'), standing('org_membership', 'C-GRAN', 'ORG-FYR')),
    )
    expect(text).toContain(person('P01').name)
    for (const secret of [...particulars('P06'), id('P06')]) expect(text).not.toContain(secret)
    for (const secret of particulars('P01').slice(1)) expect(text).not.toContain(secret)
  })

  test.each(['employed', 'billing'] as const)(
    '[D5] until the other has said yes, %s holds what was typed and no id',
    (type) => {
      const view = type === 'billing' ? 'payers' : 'contacts'
      for (const told of [asked(type, 'P06', 'C-GRAN'), declined(type, 'P06', 'C-GRAN')]) {
        const entries = shown('C-GRAN', view, withTyped(told, 'Erik Å'))
        expect(entries).toMatchObject([
          { person: null, bond: { a: '', typed: { name: 'Erik Å', nationalId: null } } },
        ])
        for (const secret of [...particulars('P06'), id('P06'), accountOf('P06')]) {
          expect(JSON.stringify(entries)).not.toContain(secret)
        }
      }
    },
  )

  test('[D6] who asks gives name and number, and the rest with the yes', () => {
    const { name, nationalId, contact } = person('P06')
    expect(shown('C-GRAN', 'contacts', asked('employed', 'P06', 'C-GRAN', { by: 'a' }))).toMatchObject([
      { person: { name, nationalId, contact: null } },
    ])
    expect(shown('C-GRAN', 'contacts', standing('employed', 'P06', 'C-GRAN', { by: 'a' }))).toMatchObject([
      { person: { name, nationalId, contact } },
    ])
  })

  test('[D7] what is over leaves; a no stays with who asked, until asked anew', () => {
    const over: Change = { type: 'bondWithdrawn', kind: 'bond', id: employment, at: now }
    const lapsed: Change = { type: 'bondExpired', kind: 'bond', id: employment, at: now }
    expect(shown('C-GRAN', 'contacts', asked('employed', 'P06', 'C-GRAN'), over)).toEqual([])
    expect(shown('C-GRAN', 'contacts', standing('employed', 'P06', 'C-GRAN'), ended(employment))).toEqual([])
    expect(shown('C-GRAN', 'contacts', declined('employed', 'P06', 'C-GRAN', { by: 'a' }))).toEqual([])
    expect(shown('C-GRAN', 'contacts', asked('employed', 'P06', 'C-GRAN'), lapsed)).toHaveLength(1)
    const anew = asked('employed', 'P06', 'C-GRAN', { ago: 1, bond: id('anew') })
    expect(
      shown('C-GRAN', 'contacts', declined('employed', 'P06', 'C-GRAN', { ago: 40 }), anew).map(
        (entry) => entry.id,
      ),
    ).toEqual([id('anew')])
  })

  test('[D8] through a member company nothing is seen of what the two wrote for each other', () => {
    const told = endSetWith('Sjukskriven').map((change) =>
      change.type === 'bondProposed' ? { ...change, note: 'Kollega' } : change,
    )
    const member = standing('org_membership', 'C-GRAN', 'ORG-FYR')
    const text = JSON.stringify([
      ...shown('ORG-FYR', 'contacts', told, member),
      ...shown('ORG-FYR', 'payers', told, member),
    ])
    expect(text).toContain(person('P06').name)
    expect(text).toContain(followerId('P06', 'C-GRAN'))
    expect(text).not.toContain('Sjukskriven')
    expect(text).not.toContain('Kollega')
    expect(JSON.stringify(shown('C-GRAN', 'contacts', told, member))).toContain('Sjukskriven')
  })

  test('[D9] Fakturamottagare shows name and number and nothing else of a person', () => {
    const told = [...employed('P06', 'C-GRAN'), ...standing('org_membership', 'C-GRAN', 'ORG-FYR')]
    for (const company of ['C-GRAN', 'ORG-FYR']) {
      const entries = shown(company, 'payers', told)
      const { name, nationalId } = person('P06')
      expect(entries).toMatchObject([{ person: { name, nationalId, protectedIdentity: false } }])
      for (const secret of particulars('P06').slice(3)) expect(JSON.stringify(entries)).not.toContain(secret)
    }
  })

  test('[D10] to a payer that is not used it is the same who is used', () => {
    const told = [
      standing('billing', 'P06', 'C-SJO', { ago: 40 }),
      standing('billing', 'P06', 'C-NORR'),
      standing('billing', 'P06', 'C-TALL'),
    ]
    const choose = (payer: string): Change => {
      const key = `${id('P06')}:*`
      return {
        type: 'payerChosen',
        kind: 'payerChoice',
        id: key,
        person: id('P06'),
        feeKind: '*',
        payer,
        at: now,
      }
    }
    const rows = [id('C-NORR'), id('C-TALL'), 'self'].map((payer) =>
      JSON.stringify(shown('C-SJO', 'payers', ...told, choose(payer))),
    )
    expect(new Set(rows).size).toBe(1)
    expect(rows[0]).toContain('"used":false')
  })

  test('[D11] of a protected identity nobody but the person has contact details', () => {
    const told = [...employed('P21', 'C-GRUV'), ...standing('org_membership', 'C-GRUV', 'ORG-FYR')]
    const [name = '', number = '', , ...contact] = particulars('P21')
    for (const [company, knows] of [
      ['C-GRUV', true],
      ['ORG-FYR', false],
    ] as const) {
      const text = JSON.stringify(['base', 'contacts', 'payers'].map((view) => shown(company, view, told)))
      for (const secret of contact) expect(text).not.toContain(secret)
      expect(text.includes(name)).toBe(knows)
      expect(text.includes(number)).toBe(knows)
      expect(text.includes(id('P21'))).toBe(knows)
    }
    expect(JSON.stringify(mine('P21', told))).toContain(contact[0])
  })

  test('[D12] of what is frozen only the name is left, also of the payment that follows', () => {
    const told = [
      ...employed('P06', 'C-GRAN'),
      ...standing('org_membership', 'C-GRAN', 'ORG-FYR'),
      frozen(employment),
    ]
    const [name = '', ...rest] = particulars('P06')
    const withoutTyped = told.map((change) =>
      change.type === 'bondProposed' ? { ...change, typed: null } : change,
    )
    const text = JSON.stringify([
      ...shown('C-GRAN', 'contacts', withoutTyped),
      ...shown('C-GRAN', 'payers', withoutTyped),
    ])
    expect(text).toContain(name)
    for (const secret of rest) expect(text).not.toContain(secret)
    for (const view of ['contacts', 'payers']) expect(shown('ORG-FYR', view, withoutTyped)).toEqual([])
  })

  test.each(['a', 'b'] as const)(
    '[D13] asked by %s, a broker organisation sees no person before both have said yes',
    (by) => {
      const told = [
        ...employed('P06', 'C-GRAN'),
        ...employed('P02', 'C-GRAN'),
        ...asked('org_membership', 'C-GRAN', 'ORG-FYR', { by }),
      ]
      expect(shown('ORG-FYR', 'contacts', told)).toEqual([])
      expect(shown('ORG-FYR', 'payers', told)).toEqual([])
      const membership = shown('ORG-FYR', 'base', told).find((entry) => entry.kind === 'membership')
      expect(membership).toMatchObject({ persons: by === 'a' ? 2 : 0 })
    },
  )

  test('[D14] a waiting request shows who would see what and who would pay, and so it comes', () => {
    const told = [
      asked('employed', 'P06', 'C-GRAN'),
      standing('org_membership', 'C-GRAN', 'ORG-FYR'),
      asked('billing', 'P06', 'C-TALL'),
    ]
    const own = mine('P06', ...told).find((entry) => entry.id === employment) as OwnBondEntry
    expect(own.preview).toMatchObject({
      seers: [
        { organisation: id('C-GRAN'), sees: ['contact', 'status', 'licence', 'booking', 'documents'] },
        { organisation: id('ORG-FYR'), sees: ['contact', 'status', 'licence', 'booking', 'documents'] },
      ],
      payerNow: { payer: 'self' },
      payerThen: {
        payer: id('ORG-FYR'),
        name: organisation('ORG-FYR').name,
        via: organisation('C-GRAN').name,
      },
    })
    const { facts } = given(...told)
    const { decision } = givenFacts(facts).when('bond.confirm', { id: employment }, self('P06'))
    if (decision.ok) for (const change of decision.changes) facts.apply(change)
    const then = entriesOf(`me/${accountOf('P06')}`, facts)
    expect(then.find((entry) => entry.kind === 'payer')).toMatchObject({
      all: { payer: id('ORG-FYR'), via: id('C-GRAN') },
    })
    expect((then.find((entry) => entry.id === employment) as OwnBondEntry).seers).toEqual(own.preview?.seers)
  })

  test('[D14] what is not waiting for the person has no preview', () => {
    for (const told of [asked('employed', 'P06', 'C-GRAN', { by: 'a' }), employed('P06', 'C-GRAN')]) {
      expect(mine('P06', told).find((entry) => entry.id === employment)).toMatchObject({ preview: null })
    }
  })

  test('[D16] keys are a kind and an opaque id', () => {
    const facts = demoFacts()
    const documents = [
      ...facts.all('account').map((account) => `me/${account.id}`),
      ...facts
        .all('organisation')
        .flatMap(({ id: key }) => ['base', 'contacts', 'payers'].map((view) => `org/${key}/${view}`)),
    ]
    const keys = documents.flatMap((document) => keysOf(document, facts))
    expect(keys.length).toBeGreaterThan(100)
    for (const key of keys) {
      expect(key).toMatch(
        /^(account|role|own|payer|organisation|membership|contact|via|billing):[0-9a-f]{8}-[0-9a-f-]{27}$/,
      )
    }
  })

  test('[D2] a key of another’s, or of nothing, holds nothing', () => {
    const facts = demoFacts()
    const contacts = `org/${id('C-TALL')}/contacts`
    const others = keysOf(`org/${id('C-GRAN')}/contacts`, facts)
    for (const key of [
      ...others,
      'contact:',
      ':',
      '',
      'contact',
      `account:${accountOf('P06')}`,
      'toString:x',
    ]) {
      expect(entryOf(contacts, key, facts, today)).toBeUndefined()
    }
    expect(entryOf(`me/${accountOf('P09')}`, `payer:${id('P06')}`, facts, today)).toBeUndefined()
    expect(entryOf(`me/${accountOf('P09')}`, `account:${accountOf('P06')}`, facts, today)).toBeUndefined()
    expect(entryOf(`org/${id('C-TALL')}/base`, `organisation:${id('C-GRAN')}`, facts, today)).toBeUndefined()
    expect(user('C-TALL').role.party).toBe(id('C-TALL'))
  })
})

/** An employment that ends in a week, with a reason. */
function endSetWith(reason: string): readonly Change[] {
  return [
    ...employed('P06', 'C-GRAN'),
    endSet(employment, dayFrom(7), 'b', reason),
    endSet(followerId('P06', 'C-GRAN'), dayFrom(7), 'b', reason),
  ]
}
