import { t } from '#client/i18n/t.ts'
import { Effects } from '#client/ui/effects.tsx'
import { useHouse } from '#client/ui/house-context.tsx'
import { AlertNote } from '#client/ui/note.tsx'
import { createAct } from '#client/waiting/act.ts'
import { RecordActions } from '#client/waiting/record-actions.tsx'
import type { MembershipEntry } from '#shared/documents/entries.ts'
import { effectsOfConfirming } from './membership-effects.ts'

/** The question whether a company belongs to an organisation, with what a yes will mean, and its two answers. */
export function MembershipAsk(props: {
  readonly entry: MembershipEntry
  readonly question: string
  readonly company: string
  readonly org: string
}) {
  const house = useHouse()
  const { act, problem, busy } = createAct()
  const answer = (type: 'bond.confirm' | 'bond.decline') => {
    const { bond, other } = props.entry
    void act({
      type,
      input: { id: bond.id },
      about: [bond.id],
      label: other.name,
      basis: { [bond.id]: bond.rev },
    })
  }
  return (
    <article class="card asks">
      <p>
        <strong>{props.question}</strong>
      </p>
      <Effects
        heading={t('effects.ifYes')}
        lines={effectsOfConfirming(
          { company: props.company, org: props.org, persons: props.entry.persons },
          house.session().today,
        )}
      />
      <p class="soft small">{t('effects.ifNo')}</p>
      <AlertNote text={problem()} />
      <RecordActions record={props.entry.bond.id}>
        <button type="button" class="button primary" disabled={busy()} onClick={() => answer('bond.confirm')}>
          {t('org.yes')}
        </button>
        <button type="button" class="button" disabled={busy()} onClick={() => answer('bond.decline')}>
          {t('org.no')}
        </button>
      </RecordActions>
    </article>
  )
}
