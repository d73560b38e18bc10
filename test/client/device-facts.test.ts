import { describe, expect, test } from 'vitest'
import { deviceFacts } from '#client/core/device-facts.ts'
import type {
  AccountEntry,
  BillingEntry,
  OrganisationEntry,
  OwnPayerEntry,
} from '#shared/documents/entries.ts'
import { bond, contact, membership } from './entries.ts'

const account: AccountEntry = {
  kind: 'account',
  id: 'a1',
  rev: 4,
  person: 'p-1',
  name: 'Anna',
  email: 'a1@example.test',
  locale: 'sv',
  nationalId: {
    country: 'SE',
    value: '199001012385',
    key: 'SE:199001012385',
  },
  contact: null,
}
const organisation: OrganisationEntry = {
  kind: 'organisation',
  id: 'org-1',
  rev: 7,
  name: 'Bolaget',
  regNo: null,
  organisationKind: 'brokerage',
  tier: 'AF',
  address: null,
  contact: {
    name: 'Karin',
    email: 'k@example.test',
    phone: '1',
  },
  agreement: null,
  submitted: [],
}
const payer: OwnPayerEntry = {
  kind: 'payer',
  id: 'a1',
  rev: 1,
  byFee: [],
  names: {},
  chosen: [
    {
      feeKind: '*',
      payer: 'org-1',
    },
  ],
  all: {
    payer: 'org-1',
    rule: 'P1',
    bond: null,
    via: null,
    candidates: [],
  },
}
const billing: BillingEntry = {
  kind: 'billing',
  id: 'b9',
  rev: 1,
  bond: bond('b9', {
    type: 'billing',
    a: 'p-9',
  }),
  via: null,
  takenOverBy: null,
  person: {
    name: 'Nio',
    nationalId: null,
    protectedIdentity: false,
  },
  used: true,
}

describe('the facts of a device', () => {
  test('are never complete, however much it has seen', () => {
    expect(deviceFacts([]).complete).toBe(false)
    expect(deviceFacts([]).get('bond', 'x')).toBeUndefined()
    expect(deviceFacts([]).find('bond', 'a', 'x')).toEqual([])
  })

  test('are the records that entries show: bonds by either side, people and organisations', () => {
    const facts = deviceFacts([
      contact('2'),
      contact('1'),
      membership('m', 'org-1', 'org-2'),
      organisation,
      billing,
    ])
    expect(facts.get('bond', '1')?.a).toBe('p-1')
    expect(facts.find('bond', 'b', 'org-1').map(({ id }) => id)).toEqual(['1', '2', 'b9'])
    expect(facts.find('bond', 'a', 'org-1').map(({ id }) => id)).toEqual(['m'])
    expect(facts.get('person', 'p-2')).toMatchObject({ name: 'Namn 2', known: true })
    expect(facts.get('person', 'p-9')?.name).toBe('Nio')
    expect(facts.get('organisation', 'org-2')).toMatchObject({ kind: 'broker_organisation', tier: 'BO' })
    expect(facts.get('organisation', 'org-1')).toMatchObject({ contactPerson: 'Karin', rev: 7 })
  })

  test('of a bond that stands in two documents are those of the newest', () => {
    const newer = contact('1', 'Namn 1', 5)
    for (const entries of [
      [contact('1'), newer],
      [newer, contact('1')],
    ]) {
      expect(deviceFacts(entries).get('bond', '1')?.rev).toBe(5)
    }
  })

  test('hold the person behind the account and what the person has chosen', () => {
    const facts = deviceFacts([payer, account])
    expect(facts.find('person', 'nationalId', 'SE:199001012385').map(({ id }) => id)).toEqual(['p-1'])
    expect(facts.find('payerChoice', 'person', 'p-1')).toMatchObject([
      { id: 'p-1:*', payer: 'org-1', feeKind: '*' },
    ])
    expect(facts.get('payerChoice', 'p-1:*')?.payer).toBe('org-1')
  })
})
