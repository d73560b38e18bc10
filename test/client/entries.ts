import type { Bond } from '#shared/bonds/model.ts'
import type { ContactEntry, MembershipEntry } from '#shared/documents/entries.ts'

export function bond(id: string, more: Partial<Pick<Bond, 'a' | 'b' | 'rev' | 'type'>> = {}): Bond {
  return {
    id,
    rev: 1,
    type: 'employed',
    a: `p-${id}`,
    b: 'org-1',
    proposedBy: 'b',
    proposedAt: '2026-11-01T08:00:00Z',
    typed: null,
    note: '',
    follows: null,
    state: 'confirmed',
    answeredAt: '2026-11-02T08:00:00Z',
    validFrom: '2026-11-02',
    ...more,
  }
}

export function contact(id: string, name = `Namn ${id}`, rev = 1): ContactEntry {
  const person = { id: `p-${id}`, name, nationalId: null, contact: null, protectedIdentity: false }
  return { kind: 'contact', id, rev, bond: bond(id, { rev }), person }
}

export function membership(id: string, company: string, organisation: string): MembershipEntry {
  return {
    kind: 'membership',
    id,
    rev: 1,
    bond: bond(id, { type: 'org_membership', a: company, b: organisation }),
    other: {
      id: organisation,
      name: 'Förbundet',
      regNo: null,
      kind: 'broker_organisation',
      tier: 'BO',
      hasUser: true,
    },
    persons: 3,
  }
}
