import { parseNationalId, type NationalId } from '#shared/identity/national-id.ts'
import type { Day } from '#shared/kernel/time.ts'

type Reason = Extract<ReturnType<typeof parseNationalId>, { ok: false }>['reason']

export interface TypedNumbers {
  readonly valid: readonly NationalId[]
  readonly invalid: readonly { readonly value: string; readonly reason: Reason }[]
}

/** "Ett eller flera personnummer avgränsade med kommatecken": also by semicolons and line breaks, as people paste them. */
export function readTypedNumbers(text: string, today: Day): TypedNumbers {
  const valid = new Map<string, NationalId>()
  const invalid: { value: string; reason: Reason }[] = []
  for (const part of text.split(/[,;\n]/)) {
    const value = part.trim()
    if (value === '') continue
    const parsed = parseNationalId('SE', value, today)
    if (parsed.ok) valid.set(parsed.id.key, parsed.id)
    else invalid.push({ value, reason: parsed.reason })
  }
  return { valid: [...valid.values()], invalid }
}
