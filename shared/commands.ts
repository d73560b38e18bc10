import { bondCommands } from './bonds/commands.ts'
import type { AnyCommandDefinition } from './kernel/command.ts'
import { partyCommands } from './parties/commands.ts'
import { payerCommands } from './payers/commands.ts'

/** Every command there is. */
export const commandDefinitions: readonly AnyCommandDefinition[] = [
  ...bondCommands,
  ...payerCommands,
  ...partyCommands,
]

const byType: ReadonlyMap<string, AnyCommandDefinition> = new Map(
  commandDefinitions.map((definition) => [definition.type, definition]),
)

export function findCommand(type: string): AnyCommandDefinition | undefined {
  return byType.get(type)
}
