import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Clock } from '#server/clock.ts'
import { createLog, type Log } from '#server/log.ts'
import { sessionMigration } from '#server/sessions/session-tables.ts'
import { openStore, type OpenStore } from '#server/store/open-store.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { dayOf } from '#shared/kernel/time.ts'
import type { RecordKind, Records } from '#shared/records.ts'

/** A folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'handslag-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Real tables in a temporary folder, closed with the test. */
export function temporaryStore(folder = temporaryFolder()): OpenStore {
  const store = openStore(join(folder, 'handslag.sqlite'), {
    migrations: [{ name: '002-sessions', sql: sessionMigration }],
  })
  onTestFinished(() => store.close())
  return store
}

type AnyOf<K extends RecordKind = RecordKind> = K extends RecordKind ? readonly [K, Records[K]] : never

export async function put(store: OpenStore, ...records: readonly AnyOf[]): Promise<void> {
  await store.write(() => {
    for (const [kind, record] of records) store.tables.put(kind, record)
  })
}

export function movableClock(
  start: Instant,
): Clock & { readonly nowMs: () => number; move: (ms: number) => void } {
  let nowMs = Date.parse(start)
  const now = () => new Date(nowMs).toISOString()
  return { now, nowMs: () => nowMs, today: () => dayOf(now()), move: (ms) => void (nowMs += ms) }
}

/** A log whose lines the test can read, parsed and raw. */
export function listeningLog(): Log & {
  readonly lines: () => Record<string, unknown>[]
  readonly raw: () => string
} {
  let raw = ''
  const log = createLog('debug', { write: (text: string) => void (raw += text) })
  return {
    ...log,
    raw: () => raw,
    lines: () =>
      raw
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  }
}

export const granbacka: Records['organisation'] = {
  id: 'o-gran',
  rev: 1,
  name: 'Granbacka Försäkringsförmedling AB',
  kind: 'brokerage',
  regNo: { country: 'SE', value: '559990-0049', key: 'SE:5599900049' },
  tier: 'AF',
  address: null,
  contactPerson: 'Anna-Karin Sjöö',
  contactEmail: 'p01@example.test',
  contactPhone: '',
  agreement: null,
  submitted: [],
}

export const fyrbaken: Records['organisation'] = {
  ...granbacka,
  id: 'o-fyr',
  name: 'Fyrbåken Förmedlarorganisation AB',
  kind: 'broker_organisation',
  regNo: { country: 'SE', value: '559990-0023', key: 'SE:5599900023' },
  tier: 'BO',
  contactPerson: null,
  contactEmail: '',
}

export function person(id: string, name: string, number: string): Records['person'] {
  const nationalId = { country: 'SE' as const, value: number, key: `SE:${number}` }
  return { id, rev: 1, known: true, name, nationalId, contact: null, protectedIdentity: false }
}

export const annaKarin = person('p-01', 'Anna-Karin Sjöö', '199001012385')
export const susanna = person('p-02', 'Susanna Ek', '199203142386')
export const erik = person('p-06', 'Erik Åkesson', '199802282393')
export const anders = { ...person('p-21', 'Anders Malm', '199808082391'), protectedIdentity: true }

/** The account of a person of the world: p-06 signs in as p06@example.test. */
export function accountOf(of: Records['person'], locale = 'sv'): Records['account'] {
  const email = `${of.id.replace('-', '')}@example.test`
  return { id: `a-${of.id}`, rev: 1, person: of.id, email, locale, state: 'active' }
}

export function worksFor(of: Records['person'], organisation: Records['organisation']): Records['staffRole'] {
  const account = accountOf(of).id
  return {
    id: `s-${of.id}-${organisation.id}`,
    rev: 1,
    account,
    party: organisation.id,
    administrator: true,
    title: '',
    state: 'active',
    removedBy: null,
    removedAt: null,
  }
}
