import { formatList } from '#client/i18n/format.ts'
import { t } from '#client/i18n/t.ts'
import type { OwnPayerEntry } from '#shared/documents/entries.ts'
import type { PayerCandidate, Resolution } from '#shared/payers/resolve-payer.ts'

/** The mark under which a waiting choice of payer is found again: it has no record of its own before it is made. */
export function payerRecord(person: string): string {
  return `payer:${person}`
}

export function payerName(payer: string, entry: OwnPayerEntry): string {
  return payer === 'self' ? t('payer.self') : (entry.names[payer] ?? payer)
}

export function payerSentence(resolution: Resolution, entry: OwnPayerEntry): string {
  if (resolution.payer === 'self') return t('my.payerSelf')
  const payer = payerName(resolution.payer, entry)
  if (resolution.via === null) return t('my.payerIs', { payer })
  return t('my.payerIsVia', { payer, company: payerName(resolution.via, entry) })
}

export function candidateName(candidate: PayerCandidate, entry: OwnPayerEntry): string {
  const payer = payerName(candidate.payer, entry)
  return candidate.via === null
    ? payer
    : t('my.payerVia', { payer, company: payerName(candidate.via, entry) })
}

/** The rule in words (P1–P5), and the others who have said yes. */
export function whyLines(resolution: Resolution, entry: OwnPayerEntry): readonly string[] {
  const others = resolution.candidates.filter((candidate) => candidate.bond !== resolution.bond)
  const names = formatList(others.map((candidate) => candidateName(candidate, entry)))
  return others.length === 0
    ? [ruleText(resolution, entry)]
    : [ruleText(resolution, entry), t('why.others', { names })]
}

function ruleText(resolution: Resolution, entry: OwnPayerEntry): string {
  const payer = payerName(resolution.payer, entry)
  switch (resolution.rule) {
    case 'P1':
      return t('why.P1')
    case 'P2':
      return t('why.P2', { payer })
    case 'P3':
      return t('why.P3', { payer })
    case 'P4':
      return resolution.via === null
        ? t('why.P4')
        : t('why.P4via', { payer, company: payerName(resolution.via, entry) })
    case 'P5':
      return t('why.P5')
  }
}
