import { readFileSync } from 'node:fs'
import type { NationalId } from '#shared/identity/national-id.ts'
import type { RegNo } from '#shared/identity/reg-no.ts'
import type { Day } from '#shared/kernel/time.ts'
import type { OrganisationKind } from '#shared/parties/model.ts'

export interface WorldOrganisation {
  readonly key: string
  readonly name: string
  readonly kind: OrganisationKind
  readonly country: RegNo['country']
  readonly no: string
  readonly tier?: 'company_user' | 'affiliate' | 'organisation'
}

export interface WorldPerson {
  readonly key: string
  readonly name: string
  readonly id: string
  readonly idKind: 'pnr' | 'samnr' | 'hetu' | 'fnr' | 'login'
  readonly org: string
  readonly rel: string
  readonly pay?: string
}

export interface World {
  readonly D0: Day
  readonly orgs: readonly WorldOrganisation[]
  readonly persons: readonly WorldPerson[]
}

/** The demo world as it was written down; its numbers can belong to nobody. */
export function readWorld(): World {
  return JSON.parse(readFileSync(new URL('./world.json', import.meta.url), 'utf8')) as World
}

const countryOfId = { pnr: 'SE', samnr: 'SE', hetu: 'FI', fnr: 'NO', login: null } as const

/** Where the person's number is from; null for those who are known by a login only. */
export function countryOf(person: WorldPerson): NationalId['country'] | null {
  return countryOfId[person.idKind]
}
