import { demoId } from '#server/demo/demo-id.ts'
import { demoWorld } from '#server/demo/world.ts'
import { actorFor, systemActor, type Actor } from '#shared/access/actor.ts'
import type { Change } from '#shared/changes.ts'
import { must } from '#shared/kernel/must.ts'
import { addDays, dayOf, type Day } from '#shared/kernel/time.ts'
import type { RecordKind, Records } from '#shared/records.ts'
import { memoryFacts, type MemoryFacts } from './memory-facts.ts'

/** D0 of the demo world, and its morning. */
export const today: Day = '2026-11-23'
export const now = '2026-11-23T08:00:00.000Z'

export const id = demoId
export const system = systemActor

const parties: readonly RecordKind[] = ['person', 'organisation', 'account', 'staffRole']
const history = demoWorld(today).map(({ change }) => change)
const partyChanges = history.filter(({ kind }) => parties.includes(kind))

/** Everybody and every organisation of the demo world, and no bond between any of them. */
export function strangers(): MemoryFacts {
  return afterChanges(memoryFacts(), partyChanges)
}

/** The demo world with all its bonds. */
export function demoFacts(): MemoryFacts {
  return afterChanges(memoryFacts(), history)
}

export function afterChanges(facts: MemoryFacts, changes: readonly Change[]): MemoryFacts {
  for (const change of changes) facts.apply(change)
  return facts
}

const known = strangers()

export function person(key: string): Records['person'] {
  return must(known.get('person', id(key)), key)
}

export function organisation(key: string): Records['organisation'] {
  return must(known.get('organisation', id(key)), key)
}

/** What one types to name a person. */
export function typing(key: string) {
  const { name, nationalId } = person(key)
  const { country, value } = must(nationalId, `number of ${key}`)
  return { person: { name, nationalId: { country, value } } }
}

/** What one types to name an organisation. */
export function typingOrganisation(key: string) {
  const { country, value } = must(organisation(key).regNo, `number of ${key}`)
  return { organisation: { regNo: { country, value } } }
}

/** The account of a person of the world. */
export function accountOf(key: string): string {
  return id(`account ${key}`)
}

/** A person acting as themselves on Mina sidor. */
export function self(key: string): Actor {
  return must(actorFor(accountOf(key), id(key), known), key)
}

/** Somebody acting for an organisation. One who works for none of the world is lent: P26, who has no role anywhere. */
export function user(key: string): Actor {
  const role = known.find('staffRole', 'party', id(key)).find((staff) => staff.administrator)
  if (role === undefined) return must(actorFor(lent.account, id(key), lentTo(key)), key)
  return must(actorFor(role.account, id(key), known), key)
}

const lent = { account: id('account P26') }

function lentTo(key: string): MemoryFacts {
  const facts = strangers()
  facts.apply({
    type: 'staffRoleGranted',
    kind: 'staffRole',
    id: id(`lent ${key}`),
    staffRole: { account: lent.account, party: id(key), administrator: true, title: '' },
  })
  return facts
}

export function daysAgo(days: number): string {
  return `${addDays(today, -days)}T08:00:00.000Z`
}

export function dayFrom(days: number): Day {
  return addDays(dayOf(now), days)
}
