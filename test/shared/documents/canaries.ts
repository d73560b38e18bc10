import { isStanding, type Bond } from '#shared/bonds/model.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import type { Person } from '#shared/parties/model.ts'
import { seesByTheBook } from '../history/consent.ts'

export type Field = 'name' | 'number' | 'contact'

export interface Canary {
  readonly person: string
  readonly field: Field
  readonly text: string
}

/** Gives every person texts that occur nowhere else, so that one found in the wrong place says whose it is and what. */
export function withCanaries(persons: readonly Person[]): {
  persons: readonly Person[]
  canaries: readonly Canary[]
} {
  const canaries: Canary[] = []
  const marked = persons.map((person, n) => {
    const mark = (what: string) => `${what}kanarie${String(n).padStart(3, '0')}x`
    const texts = {
      street: mark('gata'),
      zip: mark('zip'),
      city: mark('ort'),
      email: `${mark('post')}@example.test`,
      phone: mark('tel'),
    }
    canaries.push({ person: person.id, field: 'name', text: mark('Namn') })
    if (person.nationalId !== null)
      canaries.push({ person: person.id, field: 'number', text: person.nationalId.value })
    for (const text of Object.values(texts)) canaries.push({ person: person.id, field: 'contact', text })
    return { ...person, name: mark('Namn'), contact: { ...texts, country: 'SE' } }
  })
  return { persons: marked, canaries }
}

/**
 * Whether a document may hold this of a person, said once more and independently of the views: from the bonds alone. What the
 * audience's own organisation typed is its own words.
 */
export function mayHold(document: string, canary: Canary, facts: Facts, bonds: readonly Bond[]): boolean {
  const [kind, owner = '', view] = document.split('/')
  if (kind === 'me') return facts.get('account', owner)?.person === canary.person
  const person = facts.get('person', canary.person)
  if (person === undefined) return false
  if (view === 'base')
    return canary.field === 'name' && facts.get('organisation', owner)?.contactPerson === person.id
  const own = bonds.filter(
    (bond) => bond.b === owner && (bond.type === 'billing') === (view === 'payers') && isOpenOrKept(bond),
  )
  if (own.some((bond) => canary.field !== 'contact' && JSON.stringify(bond.typed).includes(canary.text)))
    return true
  const withPerson = own.filter((bond) => bond.a === person.id)
  if (view === 'payers')
    return canary.field !== 'contact' && mayHoldPayer(owner, canary, person, withPerson, facts, bonds)
  if (canary.field === 'contact' && person.protectedIdentity) return false
  if (seesByTheBook(owner, person.id, bonds, facts)) return true
  return asks(withPerson, canary.field)
}

function isOpenOrKept(bond: Bond): boolean {
  return bond.state !== 'ended' && bond.state !== 'withdrawn'
}

/** Who asks gives name and number; of what is frozen the name is left. */
function asks(bonds: readonly Bond[], field: Field): boolean {
  const asked = bonds.some((bond) => bond.state === 'proposed' && bond.proposedBy === 'a')
  const frozen = bonds.some((bond) => bond.state === 'frozen')
  return field !== 'contact' && (asked || (frozen && field === 'name'))
}

function mayHoldPayer(
  payer: string,
  { field }: Canary,
  person: Person,
  own: readonly Bond[],
  facts: Facts,
  bonds: readonly Bond[],
): boolean {
  const follows = (bond: Bond) => bonds.find((other) => other.id === bond.follows)
  const pays = (bond: Bond) =>
    isStanding(bond) && (bond.follows === null || isStanding(follows(bond) ?? bond))
  if (own.some(pays) || asks(own, field)) return true
  // The payment stands and its employment is frozen: the row is recognised by the name.
  if (field === 'name' && own.some(isStanding)) return true
  if (person.protectedIdentity || facts.get('organisation', payer)?.tier !== 'BO') return false
  const members = bonds.filter(
    (bond) => bond.type === 'org_membership' && bond.b === payer && isStanding(bond),
  )
  return bonds.some(
    (bond) =>
      bond.type === 'billing' &&
      bond.a === person.id &&
      bond.follows !== null &&
      pays(bond) &&
      members.some((membership) => membership.a === bond.b),
  )
}
