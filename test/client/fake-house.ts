import { createSignal } from 'solid-js'
import type { Connection, DispatchAnswer, House, OutboxItem, ViewName, Wish } from '#client/core/house.ts'
import type { Role } from '#shared/access/actor.ts'
import { rightsOfTier, personRights } from '#shared/access/rights.ts'
import type { Bond, BondType } from '#shared/bonds/model.ts'
import type {
  BillingEntry,
  ContactEntry,
  Entry,
  MembershipEntry,
  OrganisationCard,
  OwnBondEntry,
  PersonCard,
  ViaEntry,
} from '#shared/documents/entries.ts'
import { parseNationalId, type NationalId } from '#shared/identity/national-id.ts'
import { parseRegNo } from '#shared/identity/reg-no.ts'
import type { OrganisationKind, Tier } from '#shared/parties/model.ts'
import world from '../../server/demo/world.json' with { type: 'json' }

const at = '2026-11-20T09:00:00Z'
export const today = '2026-11-23'

interface WorldPerson {
  readonly key: string
  readonly name: string
  readonly id: string
}

export function nationalId(text: string): NationalId {
  const parsed = parseNationalId('SE', text.replace('-', ''), today)
  if (!parsed.ok) throw new Error(text)
  return parsed.id
}

const persons = world.persons as unknown as readonly WorldPerson[]

function person(key: string): PersonCard {
  const found = persons.find((each) => each.key === key)!
  const slug = found.name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z ]/g, '')
    .trim()
    .replaceAll(' ', '.')
  const hidden = key === 'P21'
  return {
    id: key,
    name: found.name,
    nationalId: nationalId(found.id),
    contact: hidden
      ? null
      : {
          street: 'Storgatan 12',
          zip: '852 30',
          city: 'Sundsvall',
          country: 'SE',
          email: `${slug}@example.test`,
          phone: '',
        },
    protectedIdentity: hidden,
  }
}

function card(key: string, kind: OrganisationKind, tier: Tier): OrganisationCard {
  const found = (world.orgs as readonly { key: string; name: string; no?: string }[]).find(
    (each) => each.key === key,
  )!
  const regNo = parseRegNo('SE', found.no ?? '')
  return { id: key, name: found.name, regNo: regNo.ok ? regNo.regNo : null, kind, tier, hasUser: true }
}

const granbacka = card('C-GRAN', 'brokerage', 'AF')
const tallmo = card('C-TALL', 'brokerage', 'AF')
const sjovik = card('C-SJO', 'brokerage', 'CU')
const norrhamra = card('C-NORR', 'brokerage', 'CU')
const gruvfors = card('C-GRUV', 'brokerage', 'AF')
const fyrbaken = card('ORG-FYR', 'broker_organisation', 'BO')
const kompass = card('ORG-KOM', 'broker_organisation', 'BO')

let count = 0
export function bond(
  type: BondType,
  a: string,
  b: string,
  state: 'confirmed' | 'proposed',
  by: 'a' | 'b' = 'b',
  typed: Bond['typed'] = null,
): Bond {
  count += 1
  const base = {
    id: `${type}-${a}-${b}-${count}`,
    rev: 1,
    type,
    a,
    b,
    proposedBy: by,
    proposedAt: at,
    typed,
    note: '',
    follows: null,
  }
  return state === 'proposed'
    ? { ...base, state, expiresOn: '2027-02-18' }
    : { ...base, state, answeredAt: at, validFrom: '2024-03-01' }
}

export function contact(key: string, org: string, type: BondType = 'employed'): ContactEntry {
  const made = bond(type, key, org, 'confirmed')
  return { kind: 'contact', id: made.id, rev: 1, bond: made, person: person(key) }
}

function asked(key: string, org: string, by: 'a' | 'b', type: BondType = 'employed'): ContactEntry {
  const { name, nationalId } = person(key)
  const made = bond(type, key, org, 'proposed', by, { name, nationalId })
  return { kind: 'contact', id: made.id, rev: 1, bond: made, person: null }
}

function via(key: string, company: OrganisationCard): ViaEntry {
  const made = bond('employed', key, company.id, 'confirmed')
  return {
    kind: 'via',
    id: made.id,
    rev: 1,
    bond: made,
    company: { id: company.id, name: company.name },
    person: person(key),
  }
}

function membership(
  company: OrganisationCard,
  org: OrganisationCard,
  seenFrom: 'a' | 'b',
  state: 'confirmed' | 'proposed',
  by: 'a' | 'b',
  personCount: number,
): MembershipEntry {
  const made = bond('org_membership', company.id, org.id, state, by)
  return {
    kind: 'membership',
    id: made.id,
    rev: 1,
    bond: made,
    other: seenFrom === 'a' ? org : company,
    persons: personCount,
  }
}

function billing(
  key: string,
  payer: string,
  extra: Partial<BillingEntry> = {},
  state: 'confirmed' | 'proposed' = 'confirmed',
  by: 'a' | 'b' = 'b',
): BillingEntry {
  const made = bond('billing', key, payer, state, by)
  const { name, nationalId, protectedIdentity } = person(key)
  return {
    kind: 'billing',
    id: made.id,
    rev: 1,
    bond: made,
    person: { name, nationalId, protectedIdentity },
    via: null,
    takenOverBy: null,
    used: true,
    ...extra,
  }
}

function overview(organisation: OrganisationCard, contactName: string): Entry {
  return {
    kind: 'organisation',
    id: organisation.id,
    rev: 1,
    name: organisation.name,
    regNo: organisation.regNo,
    organisationKind: organisation.kind,
    tier: organisation.tier,
    address: { street: 'Hamngatan 4', zip: '852 30', city: 'Sundsvall', country: 'SE' },
    contact: { name: contactName, email: 'kontakt@example.test', phone: '070-174 06 05' },
    agreement: { version: '2026', acceptedOn: '2026-01-12' },
    submitted: [
      { field: 'name', value: organisation.name },
      { field: 'regNo', value: organisation.regNo?.value ?? '' },
      { field: 'street', value: 'Hamngatan 4' },
      { field: 'contact', value: contactName },
      { field: 'permit', value: 'Försäkringsförmedling' },
    ],
  }
}

function own(entry: Bond, other: OrganisationCard, extra: Partial<OwnBondEntry> = {}): OwnBondEntry {
  return { kind: 'own', id: entry.id, rev: 1, bond: entry, other, preview: null, seers: [], ...extra }
}

const sees = ['contact', 'status', 'licence', 'booking', 'documents'] as const
type World = Record<string, Partial<Record<ViewName, readonly Entry[]>>>

const worldRows: World = {
  'C-GRAN': {
    base: [overview(granbacka, 'Anna-Karin Sjöö'), membership(granbacka, fyrbaken, 'a', 'confirmed', 'a', 5)],
    contacts: [
      ...['P01', 'P02', 'P03', 'P04', 'P05'].map((key) => contact(key, 'C-GRAN')),
      asked('P06', 'C-GRAN', 'b'),
    ],
    payers: ['P01', 'P02', 'P03', 'P04', 'P05'].map((key) =>
      billing(key, 'C-GRAN', { takenOverBy: { id: 'ORG-FYR', name: fyrbaken.name }, used: key !== 'P05' }),
    ),
  },
  'C-TALL': {
    base: [overview(tallmo, 'Greta Lind'), membership(tallmo, fyrbaken, 'a', 'proposed', 'a', 2)],
    contacts: [contact('P07', 'C-TALL'), contact('P08', 'C-TALL'), asked('P09', 'C-TALL', 'a')],
    payers: [
      billing('P09', 'C-TALL', {}, 'proposed', 'a'),
      billing('P07', 'C-TALL'),
      billing('P08', 'C-TALL', { used: false }),
    ],
  },
  'C-SJO': { base: [overview(sjovik, 'Britta Sjövik')], contacts: [], payers: [] },
  'C-NORR': {
    base: [overview(norrhamra, 'Petra Norr'), membership(norrhamra, kompass, 'a', 'proposed', 'b', 1)],
    contacts: [contact('P17', 'C-NORR')],
    payers: [billing('P17', 'C-NORR')],
  },
  'ORG-FYR': {
    base: [
      overview(fyrbaken, 'Hedda Fyr'),
      membership(granbacka, fyrbaken, 'b', 'confirmed', 'a', 5),
      membership(gruvfors, fyrbaken, 'b', 'confirmed', 'a', 2),
      membership(tallmo, fyrbaken, 'b', 'proposed', 'a', 2),
      { ...membership(sjovik, fyrbaken, 'b', 'proposed', 'b', 0), other: { ...sjovik, hasUser: false } },
    ],
    contacts: [
      contact('P22', 'ORG-FYR', 'member'),
      asked('P23', 'ORG-FYR', 'b', 'member'),
      ...['P01', 'P02', 'P03', 'P04', 'P05'].map((key) => via(key, granbacka)),
      ...['P20', 'P21'].map((key) => via(key, gruvfors)),
    ],
    payers: [
      billing('P22', 'ORG-FYR'),
      billing('P05', 'ORG-FYR'),
      billing('P26', 'ORG-FYR', { used: false }),
      ...['P01', 'P02', 'P03', 'P04'].map((key) =>
        billing(key, 'C-GRAN', { via: { id: 'C-GRAN', name: granbacka.name } }),
      ),
      ...['P20', 'P21'].map((key) => billing(key, 'C-GRUV', { via: { id: 'C-GRUV', name: gruvfors.name } })),
    ],
  },
}

const proposed = bond('employed', 'P01', 'C-TALL', 'proposed', 'b')
const mine: readonly Entry[] = [
  own(proposed, tallmo, {
    preview: {
      seers: [
        { organisation: 'C-TALL', name: tallmo.name, sees },
        { organisation: 'ORG-FYR', name: fyrbaken.name, sees },
      ],
      payerNow: { payer: 'self', name: '' },
      payerThen: { payer: 'ORG-FYR', name: fyrbaken.name, via: tallmo.name },
    },
  }),
  own(bond('employed', 'P01', 'C-GRAN', 'confirmed'), granbacka, {
    seers: [
      { organisation: 'C-GRAN', name: granbacka.name, sees },
      { organisation: 'ORG-FYR', name: fyrbaken.name, sees },
    ],
  }),
  own(bond('other', 'P01', 'C-SJO', 'proposed', 'a'), { ...sjovik, hasUser: false }),
  {
    kind: 'payer',
    id: 'payer-P01',
    rev: 1,
    all: {
      payer: 'ORG-FYR',
      rule: 'P4',
      bond: 'x',
      via: 'C-GRAN',
      candidates: [
        { payer: 'C-SJO', bond: 'y', direct: true, via: null, since: at },
        { payer: 'ORG-FYR', bond: 'x', direct: false, via: 'C-GRAN', since: at },
      ],
    },
    byFee: [],
    names: { 'ORG-FYR': fyrbaken.name, 'C-GRAN': granbacka.name, 'C-SJO': sjovik.name },
    chosen: [],
  },
]

function many(howMany: number): readonly Entry[] {
  const first = persons.filter((each) => each.key.startsWith('P'))
  return Array.from({ length: howMany }, (_, index) => {
    const base = first[(index * 7) % first.length]!
    const other = first[(index * 13 + 5) % first.length]!
    const name = `${base.name.split(' ')[0]} ${other.name.split(' ').at(-1)} ${index}`
    const entry = contact(base.key, 'C-GRAN')
    return { ...entry, person: { ...entry.person!, name } }
  })
}

export interface FakeHouse extends House {
  readonly setConnection: (state: Connection['state']) => void
}

/** A House with rows of its own and no machinery: for looking at pages. */
export function makeFakeHouse(options: { readonly many?: number; readonly acting?: string } = {}): FakeHouse {
  const me: Role = { party: 'P01', name: 'Anna-Karin Sjöö', kind: 'person', tier: null, rights: personRights }
  const roles = [granbacka, tallmo, sjovik, norrhamra, fyrbaken].map((each): Role => ({
    party: each.id,
    name: each.name,
    kind: each.kind,
    tier: each.tier,
    rights: rightsOfTier(each.tier),
  }))
  const all = [...roles, me]
  const session = {
    account: 'a1',
    person: { id: 'P01', name: me.name, email: 'p01@example.test', locale: 'sv' },
    roles: all,
    register: { name: 'Polstjärnan Register', office: 'Kansliet' },
    now: `${today}T08:00:00Z`,
    today,
  }
  const [role, setRole] = createSignal<Role>(all.find((each) => each.party === options.acting) ?? all[0]!)
  const [outbox, setOutbox] = createSignal<readonly OutboxItem[]>([])
  const [connection, setConnection] = createSignal<Connection>({
    state: 'live',
    lastContact: `${today}T08:00:00Z`,
    leading: true,
  })
  const big = options.many === undefined ? undefined : many(options.many)

  async function dispatch(wish: Wish): Promise<DispatchAnswer> {
    const id = crypto.randomUUID()
    const command = {
      id,
      seq: outbox().length + 1,
      as: role().party,
      type: wish.type,
      version: 1,
      input: wish.input,
      madeAt: new Date().toISOString(),
    }
    const item: OutboxItem = {
      command,
      about: wish.about,
      label: wish.label,
      roleName: role().name,
      storedAt: command.madeAt,
      state: 'queued',
      refusal: null,
      answeredAt: null,
    }
    setOutbox((before) => [...before, item])
    return { ok: true, id }
  }
  return {
    session: () => session,
    role,
    chooseRole: (party) => setRole((before) => all.find((each) => each.party === party) ?? before),
    rows: (view) => () => {
      if (view === 'me') return mine
      if (view === 'contacts' && big !== undefined) return big
      return worldRows[role().party]?.[view] ?? []
    },
    viewState: () => () => (connection().state === 'live' ? 'live' : 'stored'),
    dispatch,
    dispatchAll: (wishes) => Promise.all(wishes.map(dispatch)),
    outbox,
    cancel: async (id) => {
      setOutbox((before) => before.filter((item) => item.command.id !== id))
      return true
    },
    acknowledge: async (id) => {
      setOutbox((before) => before.filter((item) => item.command.id !== id))
    },
    connection,
    facts: () => ({ complete: false, get: () => undefined, find: () => [] }),
    signOut: async () => undefined,
    setConnection: (state) => {
      setConnection((before) => ({ ...before, state }))
      if (state === 'live') {
        setOutbox((before) =>
          before.map((item) => ({
            ...item,
            state: 'refused',
            refusal: { code: 'bond/withdrawn', rule: 'B21', params: { at: `${today}T09:42:00Z` } },
            answeredAt: `${today}T11:00:00Z`,
          })),
        )
      }
    },
  }
}
