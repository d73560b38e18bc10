import { rolesOf } from '../access/actor.ts'
import { reachOf, type OrganisationRight } from '../access/rights.ts'
import type { Facts } from '../kernel/facts.ts'
import {
  nameOfMine,
  nameOfOrganisation,
  readDocumentName,
  type OrganisationView,
  type ViewName,
} from './names.ts'

/** The right that opens each view of an organisation. */
const rightFor: Readonly<Record<OrganisationView, OrganisationRight>> = {
  base: 'overview.read',
  contacts: 'contacts.read',
  payers: 'payers.read',
}

/** What an account may open when acting for a party: its own document always, and the organisation's views its role gives. */
export function documentsFor(
  account: string,
  party: string,
  facts: Facts,
): readonly { readonly name: string; readonly view: ViewName }[] {
  const roles = rolesOf(account, facts)
  if (roles.length === 0) return []
  const mine = { name: nameOfMine(account), view: 'me' as const }
  const role = roles.find((candidate) => candidate.party === party)
  // A device that comes back for a role that is gone learns it from its own document.
  if (role === undefined || role.kind === 'person') return [mine]
  const views = (Object.keys(rightFor) as OrganisationView[])
    .filter((view) => reachOf(role.tier, rightFor[view]) !== 'no')
    .map((view) => ({ name: nameOfOrganisation(party, view), view }))
  return [mine, ...views]
}

/** One question for the socket and the copy: may this account open this document in any of its roles? */
export function mayOpen(account: string, name: string, facts: Facts): boolean {
  const parsed = readDocumentName(name)
  if (parsed === undefined) return false
  if (parsed.view === 'me')
    return parsed.owner === account && facts.get('account', account)?.state === 'active'
  return documentsFor(account, parsed.owner, facts).some((document) => document.name === name)
}
