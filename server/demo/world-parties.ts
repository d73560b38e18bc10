import { parseNationalId, type NationalId } from '#shared/identity/national-id.ts'
import { formatRegNo, parseRegNo, type RegNo } from '#shared/identity/reg-no.ts'
import { must } from '#shared/kernel/must.ts'
import { addDays, daysBetween, type Day, type Instant } from '#shared/kernel/time.ts'
import type { Organisation, PostalAddress } from '#shared/parties/model.ts'
import { demoId } from './demo-id.ts'
import type { Happening } from './history.ts'
import { inventedAddress, inventedPhone } from './world-addresses.ts'
import { countryOf, type World, type WorldOrganisation, type WorldPerson } from './world-file.ts'
import { staffOf } from './world-staff.ts'

const locales = { SE: 'sv', FI: 'fi', NO: 'nb', DE: 'de' } as const
const tiers = { company_user: 'CU', affiliate: 'AF', organisation: 'BO' } as const

/** Everybody and every organisation of the demo, with their accounts and staff, as entered at `at`. */
export function enterParties(world: World, at: Instant, today: Day): readonly Happening[] {
  return [
    ...world.orgs.map((organisation, n) => enterOrganisation(world, organisation, n, at, today)),
    ...world.persons.flatMap((person, n) => enterPerson(person, n, at, today)),
    ...staffOf(world.persons).map(({ person, organisation, title, administrator }) => ({
      at,
      change: {
        type: 'staffRoleGranted' as const,
        kind: 'staffRole' as const,
        id: demoId(`staff ${person} ${organisation}`),
        staffRole: {
          account: demoId(`account ${person}`),
          party: demoId(organisation),
          administrator,
          title,
        },
      },
    })),
  ]
}

/** The number of a person of the world, or null for those known by a login. */
export function numberOf(person: WorldPerson, today: Day): NationalId | null {
  const country = countryOf(person)
  if (country === null) return null
  const parsed = parseNationalId(country, person.id, today)
  return must(parsed.ok ? parsed.id : null, `number of ${person.key}`)
}

/** The file marks some with what they are ("Kansliet: …", "Data Subject …"); that is no part of a name. */
export function nameOf(person: WorldPerson): string {
  return person.name.replace(/^(Kansliet: |Data Subject )/, '')
}

function enterPerson(person: WorldPerson, n: number, at: Instant, today: Day): readonly Happening[] {
  const { key } = person
  const id = demoId(key)
  const country = countryOf(person) ?? 'DE'
  const email = `${key.toLowerCase()}@example.test`
  const contact = { ...inventedAddress(country, n), email, phone: country === 'SE' ? inventedPhone(n) : '' }
  const entered = {
    known: true,
    name: nameOf(person),
    nationalId: numberOf(person, today),
    contact,
    protectedIdentity: person.rel.includes('protected identity'),
  }
  const account = { person: id, email, locale: locales[country], state: 'active' as const }
  return [
    { at, change: { type: 'personEntered', kind: 'person', id, person: entered } },
    { at, change: { type: 'accountOpened', kind: 'account', id: demoId(`account ${key}`), account } },
  ]
}

function enterOrganisation(
  world: World,
  organisation: WorldOrganisation,
  n: number,
  at: Instant,
  today: Day,
): Happening {
  const { key, kind, country } = organisation
  const name = organisation.name.replace(/ \(fictional[^()]*\)$/, '')
  const regNo = regNoOf(world, organisation, today)
  const address = addressOf(key, country, n)
  const contact = contactPersonOf(world, key)
  const contactPerson = contact === undefined ? null : demoId(contact.key)
  const contactEmail = `${key.toLowerCase()}@example.test`
  const contactPhone = country === 'SE' ? inventedPhone(60 + n) : ''
  const agreement = agreementOf(key, organisation.tier !== undefined, daysBetween(world.D0, today))
  // Without an agreement in force there is no company user (IS-4).
  const tier = organisation.tier === undefined || agreement === null ? null : tiers[organisation.tier]
  const basics = { name, kind, regNo, tier, address, contactPerson, contactEmail, contactPhone }
  return {
    at,
    change: {
      type: 'organisationEntered',
      kind: 'organisation',
      id: demoId(key),
      organisation: {
        ...basics,
        agreement,
        submitted: submittedBy({ ...basics, contactPerson: contact === undefined ? null : nameOf(contact) }),
      },
    },
  }
}

/** The firm of a sole trader has its owner's number. */
function regNoOf(world: World, organisation: WorldOrganisation, today: Day): RegNo {
  const owner = world.persons.find((person) => person.org === organisation.key)
  const written = organisation.no.startsWith('=') ? must(owner, 'owner').id : organisation.no
  const parsed = parseRegNo(organisation.country, written, today)
  return must(parsed.ok ? parsed.regNo : null, `number of ${organisation.key}`)
}

function addressOf(key: string, country: RegNo['country'], n: number): PostalAddress {
  const address = inventedAddress(country, n)
  // Cyrillic on purpose: what a damaged or forged address looks like.
  return key === 'C-VINT' ? { ...address, street: 'Vinterгатан 4' } : address
}

function contactPersonOf(world: World, key: string): WorldPerson | undefined {
  const administrator = staffOf(world.persons).find(
    (staff) => staff.organisation === key && staff.administrator,
  )
  return world.persons.find((person) => person.key === administrator?.person)
}

/** One company still stands on the terms of 2015; Vinterviken's agreement was terminated. */
function agreementOf(key: string, everAgreed: boolean, shift: number): Organisation['agreement'] {
  if (!everAgreed || key === 'C-VINT') return null
  return key === 'C-SJO'
    ? { version: '2015', acceptedOn: addDays('2015-03-02', shift) }
    : { version: '2026', acceptedOn: addDays('2026-01-12', shift) }
}

function submittedBy(
  form: Omit<Organisation, 'id' | 'rev' | 'agreement' | 'submitted'>,
): Organisation['submitted'] {
  if (form.tier === null || form.regNo === null || form.address === null) return []
  return [
    { field: 'name', value: form.name },
    { field: 'regNo', value: formatRegNo(form.regNo) },
    { field: 'street', value: form.address.street },
    { field: 'zip', value: form.address.zip },
    { field: 'city', value: form.address.city },
    { field: 'contact', value: form.contactPerson ?? '' },
    { field: 'email', value: form.contactEmail },
    { field: 'phone', value: form.contactPhone },
    { field: 'permit', value: form.kind === 'broker_organisation' ? '' : (permits[form.kind] ?? '') },
  ]
}

const permits: Readonly<Partial<Record<Organisation['kind'], string>>> = {
  brokerage: 'Försäkringsförmedling',
  sole_trader: 'Försäkringsförmedling',
  securities_firm: 'Värdepappersrörelse',
  insurer: 'Försäkringsrörelse',
}
