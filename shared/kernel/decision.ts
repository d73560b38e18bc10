/**
 * A refusal is an answer, not an exception: a code, the number of the rule that said no, and the words that fill the text.
 * It crosses the wire unchanged and is shown where the person acted.
 */
export interface Refusal<Code extends string = string> {
  readonly code: Code
  readonly rule: string
  readonly params?: Readonly<Record<string, string>>
}

export type Decision<Code extends string = string> =
  | { readonly ok: true; readonly changes: readonly Change[] }
  | { readonly ok: false; readonly refusal: Refusal<Code> }

import type { Change } from '../changes.ts'

export function accept(...changes: readonly Change[]): { ok: true; changes: readonly Change[] } {
  return { ok: true, changes }
}

/** `rule` is the number in the feature's SPEC.md, so that a text on a phone leads back to a sentence on paper. */
export function refuse<Code extends string>(
  code: Code,
  rule: string,
  params?: Readonly<Record<string, string>>,
): { ok: false; refusal: Refusal<Code> } {
  return { ok: false, refusal: params === undefined ? { code, rule } : { code, rule, params } }
}
