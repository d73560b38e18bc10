import { accept, type Decision } from '../kernel/decision.ts'

/** On a device what a rule needs may not be there to see (K14): the command passes, and the server decides. */
export function unseen(): Decision<never> {
  return accept()
}
