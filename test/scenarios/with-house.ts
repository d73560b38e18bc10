import { onTestFinished, vi } from 'vitest'
import type { Change } from '#shared/changes.ts'
import type { Entry } from '#shared/documents/entries.ts'
import type { CommandMessage, CommandResult } from '#shared/protocol/commands-message.ts'
import { startHouse, type TestHouse, type TestHouseOptions } from '../harness/start-house.ts'
import type { User } from '../harness/user.ts'

// A whole house starts within each test, and the machine may have other things to do.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

export interface ScenarioHouse extends TestHouse {
  /** Stops and starts again on the same data; `meanwhile` something may be done to it. */
  readonly restart: (meanwhile?: () => void) => Promise<ScenarioHouse>
}

/** A whole house that is gone when the test is. */
export async function withHouse(options: TestHouseOptions = {}): Promise<ScenarioHouse> {
  let current = await startHouse(options)
  onTestFinished(() => current.end())
  const followed = (house: TestHouse): ScenarioHouse => ({
    ...house,
    restart: async (meanwhile) => {
      await house.stop()
      meanwhile?.()
      return followed((current = await startHouse({ ...options, dataDir: house.dataDir })))
    },
  })
  return followed(current)
}

export interface JournalRow {
  readonly seq: number
  readonly at: string
  readonly command: string | null
  readonly account: string | null
  readonly party: string
  readonly change: Change
}

/** What the audit trail holds of a command. */
export function journalOf(house: TestHouse, command: string): readonly JournalRow[] {
  return house.store.db
    .prepare<[string], Omit<JournalRow, 'change'> & { change: string }>(
      'SELECT * FROM journal WHERE command = ? ORDER BY seq',
    )
    .all(command)
    .map((row) => ({ ...row, change: JSON.parse(row.change) as Change }))
}

export function journalLength(house: TestHouse): number {
  return house.store.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM journal').get()!.n
}

/** Sends what was made earlier, as a device does when it is back. */
export async function send(
  user: User,
  commands: readonly CommandMessage[],
  device?: string,
): Promise<readonly CommandResult[]> {
  const answer = await user.send(commands, device)
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { results: CommandResult[] }).results
}

/** A command made while there was no network, by the device's own clock. */
export function madeOffline(
  user: User,
  as: string,
  type: string,
  input: unknown,
  madeAt: string,
): CommandMessage {
  return { ...user.message(as, type, input), madeAt }
}

type OfKind<K extends Entry['kind']> = Extract<Entry, { kind: K }>

/** The entries of one kind in a view. */
export async function entriesOf<K extends Entry['kind']>(
  user: User,
  as: string,
  view: string,
  kind: K,
): Promise<readonly OfKind<K>[]> {
  return (await user.read(as, view)).filter((entry): entry is OfKind<K> => entry.kind === kind)
}
