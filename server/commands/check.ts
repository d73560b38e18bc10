import * as v from 'valibot'
import { findCommand } from '#shared/commands.ts'
import { commandsMessageSchema } from '#shared/protocol/commands-message.ts'
import type { CheckedCommand } from './execute.ts'

export type Checked =
  | { readonly ok: true; readonly device: string; readonly commands: readonly CheckedCommand[] }
  | { readonly ok: false; readonly field: string }

/**
 * Copies what came over the wire through the schemas, own keys only: an object from outside may carry an injected prototype
 * (F4), and a rule must never see a key nobody declared.
 */
export function checkCommands(body: unknown): Checked {
  const message = v.safeParse(commandsMessageSchema, body, { abortEarly: true })
  if (!message.success) return { ok: false, field: fieldOf(message.issues[0], '') }
  const commands: CheckedCommand[] = []
  for (const [index, wire] of message.output.commands.entries()) {
    // What no schema has looked at goes no further.
    const command = { ...wire, input: null, basis: null }
    const definition = findCommand(wire.type)
    if (definition === undefined || wire.version !== definition.version) {
      commands.push({ message: command, definition: undefined, input: null })
      continue
    }
    const input = v.safeParse(definition.input, wire.input, { abortEarly: true })
    if (!input.success) return { ok: false, field: fieldOf(input.issues[0], `commands.${index}.input`) }
    commands.push({ message: command, definition, input: input.output })
  }
  return { ok: true, device: message.output.device, commands }
}

/** Names the field and never repeats the value: it may be a personal number. */
function fieldOf(issue: v.BaseIssue<unknown>, prefix: string): string {
  const path = (issue.path ?? []).map((item) => String(item.key).slice(0, 40)).join('.')
  return [prefix, path].filter((part) => part !== '').join('.') || 'body'
}
