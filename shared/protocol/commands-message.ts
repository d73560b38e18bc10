import * as v from 'valibot'

export const maxCommandsPerCall = 100
export const maxCallBytes = 256 * 1024

const uuid = v.pipe(v.string(), v.maxLength(36), v.uuid())
const instant = v.pipe(v.string(), v.maxLength(35), v.isoTimestamp())

/** One command on the wire. `input` is checked by the schema of its type, later and separately. */
export const commandMessageSchema = v.strictObject({
  id: uuid,
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  as: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  type: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1000)),
  input: v.unknown(),
  basis: v.optional(v.unknown()),
  madeAt: v.optional(instant),
})
export type CommandMessage = v.InferOutput<typeof commandMessageSchema>

export const commandsMessageSchema = v.strictObject({
  device: uuid,
  commands: v.pipe(v.array(commandMessageSchema), v.minLength(1), v.maxLength(maxCommandsPerCall)),
})
export type CommandsMessage = v.InferOutput<typeof commandsMessageSchema>

/** The one fate of a command. `failed` = the house broke, not the person; it is kept and looked at. */
export interface CommandResult {
  readonly id: string
  readonly status: 'accepted' | 'refused' | 'failed'
  readonly code?: string
  readonly params?: Readonly<Record<string, string>>
  readonly rule?: string
  readonly at: string
  /** The documents of the sender's that carry the effect, and the number each has when it is in. */
  readonly documents: readonly { readonly name: string; readonly seq: number }[]
}

export interface CommandsAnswer {
  readonly results: readonly CommandResult[]
}
