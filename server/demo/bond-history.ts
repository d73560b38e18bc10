import type { Bond, BondType, Side } from '#shared/bonds/model.ts'
import { addDays, dayOf, type Day, type Instant } from '#shared/kernel/time.ts'
import type { Happening } from './history.ts'

/** How a request is open: model §2.4, "expiry in 90 days". */
const openDays = 90

/** One bond from the question to where it stands. */
export interface BondStory {
  readonly id: string
  readonly type: BondType
  readonly a: string
  readonly b: string
  readonly by: Side
  readonly typed: Bond['typed']
  readonly asked: Instant
  readonly confirmed?: Instant
  readonly declined?: Instant
  readonly withdrawn?: Instant
  readonly expired?: Instant
  readonly ended?: { readonly at: Instant; readonly by: Side; readonly reason: string }
  /** The id of the billing bond that followed when it was confirmed. */
  readonly payment?: string
}

/** What happened to the bond, and to the payment that followed from it. */
export function tellBond(story: BondStory): readonly Happening[] {
  const { id, type, a, b, by, typed } = story
  const told: Happening[] = [ask(id, type, a, b, by, typed, story.asked, null)]
  if (story.confirmed !== undefined) {
    told.push(confirm(id, story.confirmed))
    if (story.payment !== undefined) {
      told.push(
        ask(story.payment, 'billing', a, b, 'b', null, story.confirmed, id),
        confirm(story.payment, story.confirmed),
      )
    }
  }
  const { declined, withdrawn, expired, ended } = story
  if (declined !== undefined)
    told.push({ at: declined, change: { type: 'bondDeclined', kind: 'bond', id, at: declined } })
  if (withdrawn !== undefined)
    told.push({ at: withdrawn, change: { type: 'bondWithdrawn', kind: 'bond', id, at: withdrawn } })
  if (expired !== undefined)
    told.push({ at: expired, change: { type: 'bondExpired', kind: 'bond', id, at: expired } })
  if (ended !== undefined) {
    told.push(end(id, ended))
    if (story.payment !== undefined) told.push(end(story.payment, ended))
  }
  return told
}

function ask(
  id: string,
  bondType: BondType,
  a: string,
  b: string,
  by: Side,
  typed: Bond['typed'],
  at: Instant,
  follows: string | null,
): Happening {
  const expiresOn: Day = addDays(dayOf(at), openDays)
  return {
    at,
    change: {
      type: 'bondProposed',
      kind: 'bond',
      id,
      bondType,
      a,
      b,
      by,
      at,
      expiresOn,
      typed,
      note: '',
      follows,
    },
  }
}

function confirm(id: string, at: Instant): Happening {
  return { at, change: { type: 'bondConfirmed', kind: 'bond', id, at, validFrom: dayOf(at) } }
}

function end(
  id: string,
  { at, by, reason }: { readonly at: Instant; readonly by: Side; readonly reason: string },
): Happening {
  return { at, change: { type: 'bondEnded', kind: 'bond', id, at, validTo: dayOf(at), by, reason } }
}
