/** A document is what one audience may see. `me/<account>`, or `org/<organisation>/<view>`. */
export type ViewName = 'me' | 'base' | 'contacts' | 'payers'
export type OrganisationView = Exclude<ViewName, 'me'>

export function nameOfMine(account: string): string {
  return `me/${account}`
}

export function nameOfOrganisation(organisation: string, view: OrganisationView): string {
  return `org/${organisation}/${view}`
}

const organisationViews: readonly string[] = ['base', 'contacts', 'payers']

/** Undefined for anything that is not the name of a document, whoever wrote it. */
export function readDocumentName(
  name: string,
): { readonly view: ViewName; readonly owner: string } | undefined {
  if (name.length > 160) return undefined
  const parts = name.split('/')
  if (parts.length === 2 && parts[0] === 'me' && parts[1] !== undefined && parts[1] !== '') {
    return { view: 'me', owner: parts[1] }
  }
  const [first, owner, view] = parts
  if (parts.length !== 3 || first !== 'org' || owner === undefined || owner === '') return undefined
  return view !== undefined && organisationViews.includes(view)
    ? { view: view as OrganisationView, owner }
    : undefined
}
