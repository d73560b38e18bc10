import type { Device } from '#client/core/create-device.ts'
import type { Wish } from '#client/core/house.ts'
import { bondTypes, type Bond } from '#shared/bonds/model.ts'
import { addDays } from '#shared/kernel/time.ts'
import type { Prng } from './prng.ts'
import { organisations, persons, staff, unknownNumbers } from './world.ts'

/** What a person at this device might want now: mostly what its screen offers, sometimes what it should not. */
export function wishOf(device: Device, acts: Prng, bondIds: readonly string[]): readonly Wish[] {
  const role = device.role()
  if (acts.chance(0.08) && bondIds.length > 0) return [blind(acts, bondIds)]
  if (role.kind === 'register_operator') return [office(acts, bondIds)]
  const bonds = bondsShown(device)
  const waiting = bonds.filter(
    (bond) => bond.state === 'proposed' && bond.proposedBy !== sideOf(bond, role.party),
  )
  if (waiting.length > 0 && acts.chance(0.6)) return [answer(acts, acts.pick(waiting))]
  if (bonds.length > 0 && acts.chance(0.35))
    return [change(acts, acts.pick(bonds), sideOf(acts.pick(bonds), role.party))]
  return role.kind === 'person'
    ? ofPerson(acts, device)
    : ofOrganisation(acts, role.tier === 'BO', role.party)
}

function bondsShown(device: Device): readonly Bond[] {
  const entries = (['me', 'base', 'contacts', 'payers'] as const).flatMap((view) => device.rows(view)())
  return entries.flatMap((entry) =>
    'bond' in entry && entry.bond !== null && typeof entry.bond === 'object' ? [entry.bond] : [],
  )
}

function sideOf(bond: Bond, party: string): 'a' | 'b' {
  return bond.b === party ? 'b' : 'a'
}

function wish(type: string, input: Record<string, unknown>, ...about: string[]): Wish {
  return { type, input, about, label: '' }
}

function answer(acts: Prng, bond: Bond): Wish {
  const rev = acts.chance(0.5) ? { rev: bond.rev } : {}
  return wish(acts.chance(0.75) ? 'bond.confirm' : 'bond.decline', { id: bond.id, ...rev }, bond.id)
}

function change(acts: Prng, bond: Bond, side: 'a' | 'b'): Wish {
  const about = { id: bond.id }
  if (bond.state === 'proposed')
    return wish(
      acts.chance(0.9) ? 'bond.withdraw' : side === 'a' ? 'bond.confirm' : 'bond.decline',
      about,
      bond.id,
    )
  if (bond.state === 'ending' && acts.chance(0.6)) return wish('bond.cancel-end', about, bond.id)
  const day = 'answeredAt' in bond ? bond.answeredAt.slice(0, 10) : '2026-11-23'
  const date = acts.chance(0.5) ? { date: addDays(day, 1 + acts.below(6)) } : {}
  return wish('bond.end', { ...about, ...date }, bond.id)
}

function blind(acts: Prng, bondIds: readonly string[]): Wish {
  const type = acts.pick([
    'bond.confirm',
    'bond.decline',
    'bond.withdraw',
    'bond.end',
    'bond.cancel-end',
    'bond.freeze',
  ])
  const id = acts.pick(bondIds)
  return wish(type, type === 'bond.freeze' ? { id, reason: 'x' } : { id }, id)
}

function office(acts: Prng, bondIds: readonly string[]): Wish {
  if (bondIds.length === 0) return wish('account.choose-locale', { locale: 'en' })
  const id = acts.pick(bondIds)
  const type = acts.pick(['bond.freeze', 'bond.unfreeze', 'bond.unfreeze', 'bond.end'])
  return wish(type, type === 'bond.end' ? { id } : { id, reason: 'tvist' }, id)
}

function ofPerson(acts: Prng, device: Device): readonly Wish[] {
  if (acts.chance(0.1))
    return [wish('account.choose-locale', { locale: acts.pick(['sv', 'nb', 'fi', 'de', 'en']) })]
  if (acts.chance(0.25)) {
    const payer = device
      .rows('me')()
      .find((entry) => entry.kind === 'payer')
    const willing = payer?.kind === 'payer' ? payer.all.candidates.map((one) => one.payer) : []
    return [
      wish('payer.choose', {
        payer: acts.pick(['self', 'o-bo', ...willing]),
        feeKind: acts.pick(['*', 'test']),
      }),
    ]
  }
  const regNo = { country: 'SE', value: acts.pick(organisations).regNo }
  const propose = (type: string) => {
    const id = crypto.randomUUID()
    return wish('bond.propose', { id, type, other: { organisation: { regNo } } }, id)
  }
  if (acts.chance(0.3)) return [propose('employed'), propose('billing')]
  return [propose(acts.pick(['employed', 'other', 'billing', 'member', 'tied_agent']))]
}

function ofOrganisation(acts: Prng, isBroker: boolean, own: string): readonly Wish[] {
  const id = crypto.randomUUID()
  if (acts.chance(0.08)) {
    const role = acts.pick(staff.filter(({ party }) => party === own || acts.chance(0.1)))
    return [wish('role.remove', { id: role.id })]
  }
  if (acts.chance(0.2)) {
    const other = acts.pick(organisations.filter(({ tier }) => isBroker !== (tier === 'BO')))
    const regNo = { country: 'SE', value: other.regNo }
    return [wish('bond.propose', { id, type: 'org_membership', other: { organisation: { regNo } } }, id)]
  }
  const number = acts.chance(0.1) ? acts.pick(unknownNumbers) : acts.pick(persons).number
  const type = acts.pick([
    'employed',
    'employed',
    'other',
    'billing',
    'billing',
    'tied_agent',
    'member',
    ...bondTypes,
  ])
  const nationalId = {
    country: 'SE',
    value: acts.chance(0.5) ? number : `${number.slice(2, 8)}-${number.slice(8)}`,
  }
  return [wish('bond.propose', { id, type, other: { person: { name: 'Någon', nationalId } } }, id)]
}
