/** What the house answers about any command, before a rule of its feature is asked. */
export const commandRefusals = [
  'command/out-of-order',
  'command/update-needed',
  'command/not-allowed',
] as const
export type CommandRefusal = (typeof commandRefusals)[number]
