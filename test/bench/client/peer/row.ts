import type { ContactEntry } from '#shared/documents/entries.ts'

/** A row with the elements of ours: name, number, address, e-mail, relation, button. */
export function rowOf(entry: ContactEntry, index: number): HTMLElement {
  const line = element('div', 'tr', 'row')
  line.setAttribute('aria-rowindex', String(index + 2))
  const { person, bond } = entry
  const name = element('span', 'name', 'rowheader')
  name.textContent = person?.name ?? ''
  const number = element('span', '', 'cell')
  const digits = element('span', 'nowrap')
  digits.textContent = person?.nationalId?.value ?? ''
  number.append(digits)
  const address = element('span', '', 'cell')
  const city = element('span', 'soft')
  city.textContent = `${person?.contact?.zip ?? ''} ${person?.contact?.city ?? ''}`
  address.append(person?.contact?.street ?? '', document.createElement('br'), city)
  const mail = element('span', '', 'cell')
  const link = document.createElement('a')
  link.className = 'one-line'
  link.href = `mailto:${person?.contact?.email ?? ''}`
  link.title = person?.contact?.email ?? ''
  link.textContent = person?.contact?.email ?? ''
  mail.append(link)
  const relation = element('span', 'wide', 'cell')
  relation.textContent = bond.type
  const actions = element('span', 'end', 'cell')
  const stack = element('div', 'stack-tight')
  const buttons = element('div', 'buttons')
  const end = document.createElement('button')
  end.type = 'button'
  end.className = 'button caps'
  end.textContent = 'Avsluta relation'
  buttons.append(end)
  stack.append(buttons)
  actions.append(stack)
  line.append(name, number, address, mail, relation, actions)
  return line
}

function element(tag: string, className: string, role?: string): HTMLElement {
  const made = document.createElement(tag)
  if (className !== '') made.className = className
  if (role !== undefined) made.setAttribute('role', role)
  return made
}
