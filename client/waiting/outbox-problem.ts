import type { OutboxItem } from '#client/core/house.ts'
import { refusalText } from '#client/i18n/refusal-text.ts'
import { t } from '#client/i18n/t.ts'
import { proposalOf } from './command-text.ts'

/** Why a command was not carried out, in words. */
export function outboxProblem(item: OutboxItem, register: string): string {
  if (item.state === 'failed') return t('outbox.failed', { reference: item.command.id.slice(0, 8) })
  if (item.refusal === null) return ''
  const membership = proposalOf(item)?.type === 'org_membership'
  return refusalText(item.refusal, { name: item.label, value: item.label, register, membership })
}
