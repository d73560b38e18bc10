import type { GenericSchema } from 'valibot'
import type { Actor } from '../access/actor.ts'
import type { Decision } from './decision.ts'
import type { Facts } from './facts.ts'
import type { Day, Instant } from './time.ts'

/** What somebody wants, with what the deciding side adds: who speaks, when it was received, and fresh ids. */
export interface Request<Input> {
  readonly input: Input
  readonly actor: Actor
  /** Time of receipt. A device's own clock is never here. */
  readonly now: Instant
  readonly today: Day
  /** A fresh opaque id. Random, so that it tells nothing of when or whether something existed. */
  readonly mint: () => string
}

export interface CommandDefinition<Input = never> {
  readonly type: string
  readonly version: number
  readonly about: string
  readonly input: GenericSchema<unknown, Input>
  /** Everything `decide` can answer with, for the texts and for the public description. */
  readonly refusals: readonly string[]
  /** Only the house itself may issue it. */
  readonly systemOnly?: true
  readonly decide: (request: Request<Input>, facts: Facts) => Decision
}

/** Erases the input type so that commands of all features fit one list; the schema has checked the input by then. */
export interface AnyCommandDefinition {
  readonly type: string
  readonly version: number
  readonly about: string
  readonly input: GenericSchema
  readonly refusals: readonly string[]
  readonly systemOnly?: true
  readonly decide: (request: Request<never>, facts: Facts) => Decision
}

export function defineCommand<Input>(definition: CommandDefinition<Input>): AnyCommandDefinition {
  return definition
}
