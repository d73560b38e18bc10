import { expect } from 'vitest'
import type { CommandMessage, CommandResult } from '#shared/protocol/commands-message.ts'
import type { TestHouse } from '../harness/start-house.ts'
import type { User } from '../harness/user.ts'
import { journalLength, journalOf, send } from './with-house.ts'

/** What people do in a scenario, remembered, so that at its end all of it can be sent again. */
export interface Acts {
  /** Makes and sends one command. */
  readonly act: (user: User, as: string, type: string, input: unknown) => Promise<CommandResult>
  /** Sends what was made earlier, offline. */
  readonly sync: (user: User, made: readonly CommandMessage[]) => Promise<readonly CommandResult[]>
  /** Every accepted act stands in the journal, no refused one does; sent again all get the same answers and nothing happens. */
  readonly checkAudit: () => Promise<void>
}

export function createActs(house: TestHouse): Acts {
  const done: { user: User; device: string; command: CommandMessage; result: CommandResult }[] = []
  async function sync(user: User, made: readonly CommandMessage[]) {
    const results = await send(user, made)
    for (const [index, command] of made.entries())
      done.push({ user, device: user.device, command, result: results[index]! })
    return results
  }
  return {
    sync,
    act: async (user, as, type, input) => (await sync(user, [user.message(as, type, input)]))[0]!,
    async checkAudit() {
      expect(done.length).toBeGreaterThan(0)
      const length = journalLength(house)
      for (const { user, device, command, result } of done) {
        const rows = journalOf(house, command.id)
        if (result.status !== 'accepted') expect(rows).toEqual([])
        for (const row of rows) {
          expect([row.account, row.party, row.at]).toEqual([user.session.account, command.as, result.at])
        }
        expect(await send(user, [command], device)).toEqual([result])
      }
      expect(journalLength(house)).toBe(length)
    },
  }
}
