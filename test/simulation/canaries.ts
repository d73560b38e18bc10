import { isStanding, type Bond } from '#shared/bonds/model.ts'
import { isSeenThrough } from '#shared/bonds/relations.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import { persons } from './world.ts'

/** `Zq07n`: n name, i id, a address, e e-mail, t phone, l the address they sign in with; `07#` their number. */
export type Canary = string

const byNumber = new Map(persons.map(({ key, number }) => [number.slice(-4), key]))
const pattern = /zq(\d\d)([a-z])|640823-?(\d{4})/gi

/** Every person's datum that stands in a text; bytes are given as Latin-1. */
export function canariesIn(text: string): ReadonlySet<Canary> {
  const found = new Set<Canary>()
  for (const [, key, letter, last] of text.matchAll(pattern)) {
    if (last === undefined) found.add(`${key}${(letter ?? '').toLowerCase()}`)
    else found.add(`${byNumber.get(last) ?? `?${last}`}#`)
  }
  return found
}

const all = ['n', 'i', 'a', 'e', 't', 'l', '#']

/**
 * What an account may have before it by the rules of visibility (model §2.3, B1, V1–V7), worked out again from the records and
 * not by the code of the views: so that a mistake there is seen here.
 */
export function mayHave(account: string, facts: Facts): ReadonlySet<Canary> {
  const may = new Set<Canary>()
  const record = facts.get('account', account)
  if (record === undefined || record.state !== 'active') return may
  give(may, record.person, all)
  for (const role of facts.find('staffRole', 'account', account)) {
    if (role.state === 'active') giveOrganisation(may, role.party, facts)
  }
  return may
}

function giveOrganisation(may: Set<Canary>, own: string, facts: Facts): void {
  const tier = facts.get('organisation', own)?.tier
  if (tier === null || tier === undefined) return
  for (const bond of facts.find('bond', 'b', own))
    if (bond.type !== 'org_membership') giveOwn(may, bond, facts)
  if (tier !== 'BO') return
  for (const membership of facts.find('bond', 'b', own)) {
    if (membership.type !== 'org_membership' || !isStanding(membership)) continue
    for (const bond of facts.find('bond', 'b', membership.a)) {
      const hidden = facts.get('person', bond.a)?.protectedIdentity === true
      if (isSeenThrough(bond) && !hidden) give(may, bond.a, ['n', 'i', '#', 'a', 'e', 't'])
      const routed = bond.type === 'billing' && bond.follows !== null && isStanding(bond)
      if (routed && !hidden) give(may, bond.a, ['n', 'i', '#'])
    }
  }
}

/** V6, V7, B40, D5, D6, D12: what was typed; by asking, name and number; by both yeses all; of what is frozen the name. */
function giveOwn(may: Set<Canary>, bond: Bond, facts: Facts): void {
  if (bond.state === 'withdrawn' || bond.state === 'ended') return
  const hidden = facts.get('person', bond.a)?.protectedIdentity === true
  const last = bond.typed?.nationalId?.value.slice(-4)
  // What the proposer typed stays the proposer's while the row is there.
  if (last !== undefined) may.add(`${byNumber.get(last) ?? `?${last}`}#`)
  // Asking again by id: what was typed is what had been known.
  if (bond.typed !== null) for (const canary of canariesIn(bond.typed.name)) may.add(canary)
  const asks = bond.proposedBy === 'a' && bond.state === 'proposed'
  if (bond.state === 'frozen') give(may, bond.a, ['n', 'i'])
  else if (asks) give(may, bond.a, ['n', 'i', '#'])
  else if (isStanding(bond)) {
    const open = bond.type === 'billing' || hidden
    give(may, bond.a, open ? ['n', 'i', '#'] : ['n', 'i', '#', 'a', 'e', 't'])
  }
}

function give(may: Set<Canary>, person: string, letters: readonly string[]): void {
  const key = /^Zq(\d\d)i$/.exec(person)?.[1]
  if (key !== undefined) for (const letter of letters) may.add(`${key}${letter}`)
}
