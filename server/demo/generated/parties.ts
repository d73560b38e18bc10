import type { NationalId } from '#shared/identity/national-id.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { OrganisationKind, PostalAddress, Tier } from '#shared/parties/model.ts'
import { demoId } from '../demo-id.ts'
import type { Happening } from '../history.ts'
import { inventedAddress, inventedPhone } from '../world-addresses.ts'
import type { Chance } from './chance.ts'
import { nameSource } from './names.ts'
import { generatedRegNo, personNumberSource } from './numbers.ts'

export interface GeneratedPerson {
  readonly id: string
  readonly name: string
  readonly nationalId: NationalId
  readonly protectedIdentity: boolean
}

export interface GeneratedOrganisation {
  readonly id: string
  readonly kind: OrganisationKind
  readonly tier: Tier
  /** The address its account signs in with, where it has one: `bo1@example.test` is the largest broker organisation. */
  readonly handle: string
}

/** One in so many persons has a protected identity, and one in so many rows is damaged. */
export const oneIn = { protectedIdentity: 500, damagedRow: 2_000 } as const

export function generatePersons(
  seed: number,
  count: number,
  at: Instant,
  chance: Chance,
): { readonly persons: readonly GeneratedPerson[]; readonly happenings: readonly Happening[] } {
  const nextName = nameSource(chance)
  const nextNumber = personNumberSource(chance)
  const persons: GeneratedPerson[] = []
  const happenings: Happening[] = []
  for (let n = 0; n < count; n++) {
    const id = demoId(`${seed} person ${n}`)
    const person = {
      name: nextName(),
      nationalId: nextNumber(),
      protectedIdentity: chance.hits(1 / oneIn.protectedIdentity),
    }
    const contact = { ...addressFor(n, chance), email: `g${n + 1}@example.test`, phone: inventedPhone(n) }
    persons.push({ id, ...person })
    happenings.push({
      at,
      change: { type: 'personEntered', kind: 'person', id, person: { ...person, known: true, contact } },
    })
  }
  return { persons, happenings }
}

/** Mostly whole; now and then with a letter of another alphabet, or missing. */
function addressFor(n: number, chance: Chance): PostalAddress {
  const address = inventedAddress('SE', n)
  if (!chance.hits(1 / oneIn.damagedRow)) return address
  return chance.hits(0.5)
    ? { ...address, street: `Strandгатан ${1 + chance.below(60)}` }
    : { ...address, street: '', zip: '', city: '' }
}

/** The n:th company: most are brokerages, some sell securities, a few insure. */
export function generateCompany(
  seed: number,
  n: number,
  at: Instant,
  chance: Chance,
): { readonly organisation: GeneratedOrganisation; readonly happening: Happening } {
  const draw = chance.next()
  // The largest are what they are in every world, so that those who sign in there find the same.
  const kind = n < 5 || draw < 0.9 ? 'brokerage' : draw < 0.97 ? 'securities_firm' : 'insurer'
  const tier = n < 5 || chance.hits(0.7) ? 'AF' : 'CU'
  const places = ['Furu', 'Gran', 'Ås', 'Havs', 'Älv', 'Mo', 'Backa', 'Hamra', 'Östra', 'Vik']
  const name = `${chance.pick(places)}${chance.pick(['näs', 'torp', 'hult', 'ryd', 'lunda', 'sätra'])} Förmedling ${n + 1} AB`
  return enter({ id: demoId(`${seed} company ${n}`), kind, tier, handle: `c${n + 1}` }, name, n, at)
}

/** The n:th broker organisation; the first is the one with the widest reach. */
export function generateBroker(
  seed: number,
  n: number,
  at: Instant,
): { readonly organisation: GeneratedOrganisation; readonly happening: Happening } {
  const organisation: GeneratedOrganisation = {
    id: demoId(`${seed} broker ${n}`),
    kind: 'broker_organisation',
    tier: 'BO',
    handle: `bo${n + 1}`,
  }
  return enter(organisation, `Förmedlarkretsen ${n + 1} AB`, 8_000 + n, at)
}

function enter(organisation: GeneratedOrganisation, name: string, n: number, at: Instant) {
  const { id, kind, tier, handle } = organisation
  const happening: Happening = {
    at,
    change: {
      type: 'organisationEntered',
      kind: 'organisation',
      id,
      organisation: {
        name,
        kind,
        regNo: generatedRegNo(n),
        tier,
        address: inventedAddress('SE', n),
        contactPerson: null,
        contactEmail: `${handle}@example.test`,
        contactPhone: inventedPhone(n),
        agreement: { version: '2026', acceptedOn: at.slice(0, 10) },
        submitted: [],
      },
    },
  }
  return { organisation, happening }
}

/** An account of the person, signing in as the organisation's handle, that administers the organisation. */
export function generateStaff(
  seed: number,
  person: GeneratedPerson,
  organisation: GeneratedOrganisation,
  at: Instant,
): readonly Happening[] {
  const account = demoId(`${seed} account ${organisation.handle}`)
  const email = `${organisation.handle}@example.test`
  const opened = { person: person.id, email, locale: 'sv', state: 'active' as const }
  const staffRole = { account, party: organisation.id, administrator: true, title: 'Kontaktperson' }
  return [
    { at, change: { type: 'accountOpened', kind: 'account', id: account, account: opened } },
    {
      at,
      change: {
        type: 'staffRoleGranted',
        kind: 'staffRole',
        id: demoId(`${seed} staff ${organisation.handle}`),
        staffRole,
      },
    },
  ]
}
