import { isStanding, type Bond } from '../bonds/model.ts'
import { isRelation } from '../bonds/relations.ts'
import type { Facts } from '../kernel/facts.ts'
import type { RecordKind, Records } from '../records.ts'
import { nameOfMine, nameOfOrganisation } from './names.ts'

/** Called with each place of a document that a changed record may show in. */
export type Touch = (document: string, key: string) => void

/**
 * Which places a changed record shows in: of the record before *and* after, else who loses access would never hear it. Too many
 * is harmless (an entry that comes out the same is not written); too few is a leak.
 */
export function touchedBy<K extends RecordKind>(
  kind: K,
  before: Records[K] | undefined,
  after: Records[K],
  facts: Facts,
  touch: Touch,
): void {
  switch (kind) {
    case 'bond':
      return touchedByBond(before as Bond | undefined, after as Bond, facts, touch)
    case 'person':
      return touchedByPerson(after.id, facts, touch)
    case 'organisation':
      return touchedByOrganisation(after.id, facts, touch)
    case 'account':
      touch(nameOfMine(after.id), `account:${after.id}`)
      return touchedByPerson((after as Records['account']).person, facts, touch)
    case 'staffRole': {
      const role = after as Records['staffRole']
      touch(nameOfMine(role.account), `role:${role.party}`)
      return touchedByOrganisation(role.party, facts, touch)
    }
    case 'payerChoice':
      return touchPayment((after as Records['payerChoice']).person, facts, touch)
    case 'payerException': {
      const exception = after as Records['payerException']
      for (const bond of facts.find('bond', 'b', exception.organisation)) {
        if (bond.type === 'org_membership') touchCompanyPayments(bond.a, facts, touch)
      }
      return
    }
  }
}

function touchedByBond(before: Bond | undefined, bond: Bond, facts: Facts, touch: Touch): void {
  if (bond.type === 'org_membership') return touchedByMembership(before, bond, facts, touch)
  touchRelation(bond, facts, touch)
  // An older no of the same pair is hidden by a newer bond.
  for (const other of facts.find('bond', 'a', bond.a)) {
    if (other.b === bond.b && other.id !== bond.id && isRelation(other)) {
      touch(nameOfOrganisation(other.b, 'contacts'), `contact:${other.id}`)
    }
  }
  // Who pays depends on payments and on the relations they follow from. Touching more than that would tell an organisation that
  // asks by number, from the numbers its own documents get, that the person is already in them.
  const stood = before !== undefined && isStanding(before)
  if (bond.type === 'billing' || stood !== isStanding(bond)) touchPayment(bond.a, facts, touch)
  else touchWaiting(bond.a, facts, touch)
}

/** What a request would bring depends on what else the person has; only waiting requests are shown with it. */
function touchWaiting(person: string, facts: Facts, touch: Touch): void {
  for (const bond of facts.find('bond', 'a', person)) {
    if (bond.state === 'proposed' && bond.proposedBy !== 'a')
      touchMine(person, `own:${bond.id}`, facts, touch)
  }
}

function touchRelation(bond: Bond, facts: Facts, touch: Touch): void {
  touchMine(bond.a, `own:${bond.id}`, facts, touch)
  if (!isRelation(bond)) return
  touch(nameOfOrganisation(bond.b, 'contacts'), `contact:${bond.id}`)
  for (const membership of membershipsOf(bond.b, facts)) {
    touch(nameOfOrganisation(membership.b, 'contacts'), `via:${bond.id}`)
    // The number of people a waiting membership concerns.
    if (membership.state === 'proposed')
      touch(nameOfOrganisation(membership.b, 'base'), `membership:${membership.id}`)
  }
}

function touchMine(person: string, key: string, facts: Facts, touch: Touch): void {
  for (const account of facts.find('account', 'person', person)) touch(nameOfMine(account.id), key)
}

/** Everything that tells who pays for a person: their own page, and every payer's list. */
function touchPayment(person: string, facts: Facts, touch: Touch): void {
  touchMine(person, `payer:${person}`, facts, touch)
  touchWaiting(person, facts, touch)
  for (const bond of facts.find('bond', 'a', person)) {
    if (bond.type !== 'billing') continue
    touch(nameOfOrganisation(bond.b, 'payers'), `billing:${bond.id}`)
    if (bond.follows === null) continue
    for (const membership of membershipsOf(bond.b, facts)) {
      touch(nameOfOrganisation(membership.b, 'payers'), `billing:${bond.id}`)
    }
  }
}

function membershipsOf(company: string, facts: Facts): readonly Bond[] {
  return facts.find('bond', 'a', company).filter((bond) => bond.type === 'org_membership')
}

function touchedByMembership(before: Bond | undefined, bond: Bond, facts: Facts, touch: Touch): void {
  touch(nameOfOrganisation(bond.a, 'base'), `membership:${bond.id}`)
  touch(nameOfOrganisation(bond.b, 'base'), `membership:${bond.id}`)
  const stood = before !== undefined && isStanding(before)
  if (stood !== isStanding(bond)) touchThroughCompany(bond, facts, touch)
}

/** Everything an organisation has through a member company, and what the people there are told of it. */
function touchThroughCompany(membership: Bond, facts: Facts, touch: Touch): void {
  for (const relation of facts.find('bond', 'b', membership.a)) {
    if (!isRelation(relation)) continue
    touch(nameOfOrganisation(membership.b, 'contacts'), `via:${relation.id}`)
    touchMine(relation.a, `own:${relation.id}`, facts, touch)
  }
  touchCompanyPayments(membership.a, facts, touch)
}

function touchCompanyPayments(company: string, facts: Facts, touch: Touch): void {
  for (const person of new Set(facts.find('bond', 'b', company).map((bond) => bond.a))) {
    touchPayment(person, facts, touch)
  }
}

function touchedByPerson(person: string, facts: Facts, touch: Touch): void {
  for (const account of facts.find('account', 'person', person)) {
    touch(nameOfMine(account.id), `account:${account.id}`)
    touch(nameOfMine(account.id), `role:${person}`)
    for (const role of facts.find('staffRole', 'account', account.id)) {
      touch(nameOfOrganisation(role.party, 'base'), `organisation:${role.party}`)
    }
  }
  for (const bond of facts.find('bond', 'a', person)) touchRelation(bond, facts, touch)
  touchPayment(person, facts, touch)
}

function touchedByOrganisation(organisation: string, facts: Facts, touch: Touch): void {
  touch(nameOfOrganisation(organisation, 'base'), `organisation:${organisation}`)
  for (const role of facts.find('staffRole', 'party', organisation)) {
    touch(nameOfMine(role.account), `role:${organisation}`)
  }
  for (const bond of [...facts.find('bond', 'a', organisation), ...facts.find('bond', 'b', organisation)]) {
    if (bond.type === 'org_membership') {
      touch(nameOfOrganisation(bond.a, 'base'), `membership:${bond.id}`)
      touch(nameOfOrganisation(bond.b, 'base'), `membership:${bond.id}`)
      // Its name, and its tier, stand in what the people of its member companies are shown, and give what it sees of them.
      if (bond.b === organisation) touchThroughCompany(bond, facts, touch)
    } else {
      touchRelation(bond, facts, touch)
      touchPayment(bond.a, facts, touch)
    }
  }
}
