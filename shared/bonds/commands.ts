import * as v from 'valibot'
import { defineCommand, type AnyCommandDefinition } from '../kernel/command.ts'
import { answerCommands } from './answer.ts'
import { endCommands } from './end.ts'
import { freezeCommands } from './freeze.ts'
import { proposeInput, decidePropose } from './propose.ts'
import { bondRefusals } from './refusals.ts'

export const bondCommands: readonly AnyCommandDefinition[] = [
  defineCommand<v.InferOutput<typeof proposeInput>>({
    type: 'bond.propose',
    version: 1,
    about: 'Ask somebody for a bond: an employment, a membership, a payment.',
    input: proposeInput,
    refusals: bondRefusals,
    decide: decidePropose,
  }),
  ...answerCommands,
  ...endCommands,
  ...freezeCommands,
]
