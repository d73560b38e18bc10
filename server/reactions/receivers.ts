import type { Facts } from '#shared/kernel/facts.ts'
import type { Account, Organisation, Person } from '#shared/parties/model.ts'

/** An organisation of hundreds need not all be told; those named first are the ones who answer. */
const maxReceivers = 25

/**
 * Whom to write to for a party: the person itself, or those who act for the organisation, its contact first. A person
 * without an account hears nothing: there is no proof that the address is theirs.
 */
export function receiversFor(party: string, facts: Facts): readonly Account[] {
  const person = facts.get('person', party)
  if (person !== undefined) return facts.find('account', 'person', party).filter(isActive)
  const organisation = facts.get('organisation', party)
  if (organisation === undefined) return []
  const accounts = facts
    .find('staffRole', 'party', party)
    .filter((role) => role.state === 'active')
    .map((role) => facts.get('account', role.account))
    .filter((account) => account !== undefined)
    .filter(isActive)
  const rank = (account: Account) =>
    isContact(account, organisation, facts.get('person', account.person)) ? 0 : 1
  return [...new Map(accounts.map((account) => [account.id, account])).values()]
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, maxReceivers)
}

function isActive(account: Account): boolean {
  return account.state === 'active'
}

function isContact(account: Account, organisation: Organisation, person: Person | undefined): boolean {
  return (
    account.email === organisation.contactEmail.toLowerCase() ||
    (person !== undefined && person.name === organisation.contactPerson)
  )
}
