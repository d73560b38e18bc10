import type { Bond } from '#shared/bonds/model.ts'
import type { Entry, OrganisationCard, PersonCard } from '#shared/documents/entries.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import type { Organisation, Person } from '#shared/parties/model.ts'
import type { PayerChoice } from '#shared/payers/model.ts'
import { columns, type Column, type RecordKind, type Records } from '#shared/records.ts'

type Known = { readonly [K in RecordKind]: Map<string, Records[K]> }

/**
 * The facts a device has: what its documents show of the records. `complete` is false, so a rule that does not find what it
 * needs lets the command pass to the server. Read once, when first asked.
 */
export function deviceFacts(entries: readonly Entry[]): Facts {
  let known: Known | undefined
  const indexes = new Map<string, Map<string, unknown[]>>()
  const all = (): Known => (known ??= gather(entries))

  return {
    complete: false,
    get: (kind, id) => all()[kind].get(id),
    find: <K extends RecordKind>(kind: K, column: Column<K>, key: string) => {
      const name = `${kind}.${column}`
      let index = indexes.get(name)
      if (index === undefined) {
        index = indexBy(
          all()[kind],
          (columns[kind] as Record<string, (record: Records[K]) => string | null>)[column],
        )
        indexes.set(name, index)
      }
      return (index.get(key) ?? []) as readonly Records[K][]
    },
  }
}

function indexBy<R>(records: ReadonlyMap<string, R>, columnOf: ((record: R) => string | null) | undefined) {
  const index = new Map<string, unknown[]>()
  // In the order of ids, as on the server, so that the same facts give the same answer.
  for (const [, record] of [...records].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const key = columnOf?.(record) ?? null
    if (key === null) continue
    const found = index.get(key)
    if (found === undefined) index.set(key, [record])
    else found.push(record)
  }
  return index
}

function gather(entries: readonly Entry[]): Known {
  const known: Known = {
    person: new Map(),
    organisation: new Map(),
    account: new Map(),
    staffRole: new Map(),
    bond: new Map(),
    payerChoice: new Map(),
    payerException: new Map(),
  }
  const person = entries.find((entry) => entry.kind === 'account')?.person
  for (const entry of entries) learn(known, entry, person)
  return known
}

function learn(known: Known, entry: Entry, self: string | undefined): void {
  switch (entry.kind) {
    case 'account': {
      const { id, rev, person, name, nationalId, contact, email, locale } = entry
      known.account.set(id, { id, rev, person, email, locale, state: 'active' })
      known.person.set(person, personOf({ id: person, name, nationalId, contact, protectedIdentity: false }))
      return
    }
    case 'role':
      return
    case 'own':
    case 'membership':
      learnBond(known, entry.bond)
      learnCard(known, entry.other)
      return
    case 'payer':
      for (const { feeKind, payer } of entry.chosen) {
        const person = self ?? entry.id
        const choice: PayerChoice = {
          id: `${person}:${feeKind}`,
          rev: 0,
          person,
          feeKind,
          payer,
          chosenAt: '',
        }
        known.payerChoice.set(choice.id, choice)
      }
      return
    case 'organisation': {
      const {
        id,
        rev,
        name,
        regNo,
        organisationKind: kind,
        tier,
        address,
        contact,
        agreement,
        submitted,
      } = entry
      known.organisation.set(id, {
        id,
        rev,
        name,
        kind,
        regNo,
        tier,
        address,
        agreement,
        submitted,
        contactPerson: contact?.name ?? null,
        contactEmail: contact?.email ?? '',
        contactPhone: contact?.phone ?? '',
      })
      return
    }
    case 'contact':
    case 'via':
      learnBond(known, entry.bond)
      if (entry.person !== null) known.person.set(entry.person.id, personOf(entry.person))
      return
    case 'billing':
      learnBond(known, entry.bond)
      if (entry.person !== null && !known.person.has(entry.bond.a)) {
        known.person.set(entry.bond.a, personOf({ ...entry.person, id: entry.bond.a, contact: null }))
      }
  }
}

/** The same bond may stand in two documents, one of them not yet brought up to date. */
function learnBond(known: Known, bond: Bond): void {
  const before = known.bond.get(bond.id)
  if (before === undefined || before.rev < bond.rev) known.bond.set(bond.id, bond)
}

function personOf({ id, name, nationalId, contact, protectedIdentity }: PersonCard): Person {
  return { id, rev: 0, known: true, name, nationalId, contact, protectedIdentity }
}

/** What anyone may know of an organisation; an entry of its own knows more and is not overwritten. */
function learnCard(known: Known, { id, name, regNo, kind, tier }: OrganisationCard): void {
  if (known.organisation.has(id)) return
  const unknown = { address: null, contactPerson: null, contactEmail: '', contactPhone: '', agreement: null }
  const organisation: Organisation = { id, rev: 0, name, regNo, kind, tier, ...unknown, submitted: [] }
  known.organisation.set(id, organisation)
}
