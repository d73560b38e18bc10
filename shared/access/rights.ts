import type { Tier } from '../parties/model.ts'

/**
 * Bilaga 1 (seed 000, lines 406–419) as one table. Rows are its functions in its order, columns are the three kinds of
 * company user. A tick is a right. "under" means: also for the people of underlying member companies.
 */
// oxfmt-ignore
const bilaga1 = {
  //                          CU     AF     BO
  'person.relate':    row('yes', 'yes', 'yes'),    // Kan skapa relation till medarbetare (IS-58, IS-59)
  'company.relate':   row('yes', 'yes', 'yes'),    // Kan skapa relation till företag (IS-28, IS-70, X-5)
  'person.pay':       row('yes', 'yes', 'under'),  // Blir fakturamottagare för sina anställda (IS-43, IS-30)
  'person.status':    row('no',  'yes', 'under'),  // Ser anställdas registreringsstatus (IS-9, IS-45)
  'person.licence':   row('no',  'yes', 'under'),  // Ser anställdas licensstatus (IS-47)
  'person.booking':   row('no',  'yes', 'under'),  // Ser anställdas bokade testtid (IS-46)
  'person.documents': row('no',  'yes', 'under'),  // Ser anställdas handlingar och intyg (IS-8, IS-49…51)
  'contacts.search':  row('yes', 'yes', 'under'),  // Sök bland kontakter: the text gives it to all
  'contacts.filter':  row('no',  'yes', 'under'),  // Filtrera kontakter (IS-84)
  'contacts.export':  row('no',  'yes', 'under'),  // Exportera till Excel (IS-89)
  'register.shown':   row('no',  'yes', 'under'),  // Visas i publika registret (IS-7)
  // Not rows of Bilaga 1, but given to all who have a company user at all (seed 000, lines 72–147):
  'contacts.read':    row('yes', 'yes', 'under'),  // Ser kontaktlistan (IS-39, IS-40, IS-44)
  'overview.read':    row('yes', 'yes', 'yes'),    // Ser Översikt (IS-15…IS-22)
  'payers.read':      row('yes', 'yes', 'under'),  // Ser Fakturamottagare (IS-94…IS-104)
} as const

export type Reach = 'no' | 'yes' | 'under'
export type OrganisationRight = keyof typeof bilaga1
/** Rights of a person over what is the person's own (IS-109), and of the register's office (IS-111). */
export type Right = OrganisationRight | 'own.relations' | 'own.payer' | 'staff.administer' | 'bond.freeze'

export const organisationRights = Object.keys(bilaga1) as OrganisationRight[]
export const personRights: readonly Right[] = ['own.relations', 'own.payer']

function row(CU: Reach, AF: Reach, BO: Reach): Readonly<Record<Tier, Reach>> {
  return { CU, AF, BO }
}

/** How far a right of a tier reaches: not at all, over its own, or also over the people of member companies. */
export function reachOf(tier: Tier | null, right: OrganisationRight): Reach {
  return tier === null || !Object.hasOwn(bilaga1, right) ? 'no' : bilaga1[right][tier]
}

/** Read off the table once: asked for with every command. */
const rightsByTier = new Map<Tier | null, readonly OrganisationRight[]>()

export function rightsOfTier(tier: Tier | null): readonly OrganisationRight[] {
  const known = rightsByTier.get(tier)
  if (known !== undefined) return known
  const rights = organisationRights.filter((right) => reachOf(tier, right) !== 'no')
  rightsByTier.set(tier, rights)
  return rights
}
