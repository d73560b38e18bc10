import { lazy, type Component } from 'solid-js'
import type { MessageKey } from '#client/i18n/dictionary.ts'
import type { IconName } from '#client/ui/icons.tsx'
import type { Role } from '#shared/access/actor.ts'
import type { Right } from '#shared/access/rights.ts'

interface PageDefinition {
  readonly path: string
  readonly title: MessageKey & ('nav.overview' | 'nav.contacts' | 'nav.payers' | 'nav.myPages')
  readonly icon: IconName
  /** Who lacks it is told that the page belongs to another role. */
  readonly right: Right
  readonly component: Component
}

/** The pages with a place in the menu, in its order. The first a role may open is where it starts (IS-22). */
export const pages: readonly PageDefinition[] = [
  {
    path: '/oversikt',
    title: 'nav.overview',
    icon: 'House',
    right: 'overview.read',
    component: lazy(async () => ({
      default: (await import('#client/overview/overview-page.tsx')).OverviewPage,
    })),
  },
  {
    path: '/mina-kontakter',
    title: 'nav.contacts',
    icon: 'Users',
    right: 'contacts.read',
    component: lazy(async () => ({
      default: (await import('#client/contacts/contacts-page.tsx')).ContactsPage,
    })),
  },
  {
    path: '/fakturamottagare',
    title: 'nav.payers',
    icon: 'Receipt',
    right: 'payers.read',
    component: lazy(async () => ({ default: (await import('#client/payers/payers-page.tsx')).PayersPage })),
  },
  {
    path: '/mina-sidor',
    title: 'nav.myPages',
    icon: 'User',
    right: 'own.relations',
    component: lazy(async () => ({
      default: (await import('#client/my-pages/my-pages-page.tsx')).MyPagesPage,
    })),
  },
]

export function pagesOf(role: Role): readonly PageDefinition[] {
  return pages.filter((page) => role.rights.includes(page.right))
}

export function firstPathOf(role: Role): string {
  return pagesOf(role)[0]?.path ?? '/att-skicka'
}
