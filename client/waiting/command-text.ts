import type { OutboxItem } from '#client/core/house.ts'
import { t } from '#client/i18n/t.ts'
import { bondTypes, type BondType } from '#shared/bonds/model.ts'

/** A stored command in words: what it asks for and of whom. */
export function commandText(item: OutboxItem): string {
  const name = item.label
  switch (item.command.type) {
    case 'bond.propose':
      return t('command.propose', { type: proposedType(item), name })
    case 'bond.confirm':
      return t('command.confirm', { name })
    case 'bond.decline':
      return t('command.decline', { name })
    case 'bond.withdraw':
      return t('command.withdraw', { name })
    case 'bond.end':
      return t('command.end', { name })
    case 'bond.cancel-end':
      return t('command.cancelEnd', { name })
    case 'payer.choose':
      return t('command.choosePayer', { name })
    default:
      return t('command.other', { name })
  }
}

function proposedType(item: OutboxItem): string {
  const type = proposalOf(item)?.type
  return type === undefined ? '' : t(`bond.${type}`)
}

/** What a stored proposal asked for, to be shown as waiting or put back into its form. */
export interface Proposal {
  readonly id: string
  readonly type: BondType
  readonly name: string
  /** The personal number, or the organisation's. */
  readonly number: string
  readonly party: string
  readonly note: string
}

/** Stored by an older version of the app, perhaps; so nothing in it is taken for granted. */
export function proposalOf(item: OutboxItem): Proposal | undefined {
  if (item.command.type !== 'bond.propose') return undefined
  const input = item.command.input as {
    readonly id?: unknown
    readonly type?: unknown
    readonly note?: unknown
    readonly other?: {
      readonly party?: unknown
      readonly person?: { readonly name?: unknown; readonly nationalId?: { readonly value?: unknown } }
      readonly organisation?: { readonly regNo?: { readonly value?: unknown } }
    }
  } | null
  const type = bondTypes.find((each) => each === input?.type)
  if (input === null || type === undefined) return undefined
  const { person, organisation, party } = input.other ?? {}
  return {
    id: text(input.id),
    type,
    name: text(person?.name),
    number: text(person?.nationalId?.value ?? organisation?.regNo?.value),
    party: text(party),
    note: text(input.note),
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
