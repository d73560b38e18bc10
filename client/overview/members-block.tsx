import { createMemo, For, Show } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Empty } from '#client/ui/list-state.tsx'
import { asksOf } from '#shared/bonds/asked.ts'
import { isStanding } from '#shared/bonds/model.ts'
import type { MembershipEntry, OrganisationEntry } from '#shared/documents/entries.ts'
import { MembershipAsk } from './membership-ask.tsx'
import { MembershipEnd } from './membership-end.tsx'
import { personsOf } from './membership-persons.ts'

/** A broker organisation's own: companies that ask to belong (IS-38), and those that do. */
export function MembersBlock(props: {
  readonly own: OrganisationEntry
  readonly memberships: readonly MembershipEntry[]
}) {
  const house = useHouse()
  const asks = createMemo(() => props.memberships.filter((entry) => asksOf(entry.bond, props.own.id)))
  const members = createMemo(() =>
    props.memberships
      .filter((entry) => isStanding(entry.bond))
      .sort((one, other) => one.other.name.localeCompare(other.other.name)),
  )
  return (
    <section class="stack" aria-labelledby="members-block">
      <For each={asks()}>
        {(entry) => (
          <MembershipAsk
            entry={entry}
            company={entry.other.name}
            org={props.own.name}
            question={t('member.ask.org', {
              company: entry.other.name,
              orgnr: entry.other.regNo?.value ?? '',
              org: props.own.name,
            })}
          />
        )}
      </For>
      <Show
        when={members().length > 0}
        fallback={<Empty icon="Building" title={t('org.noMembers')} text={t('org.noMembersText')} />}
      >
        <div class="card">
          <h2 id="members-block">{t('org.members')}</h2>
          <ul class="plain-list">
            <For each={members()}>
              {(entry) => (
                <li class="line-apart">
                  <p>
                    <strong>{entry.other.name}</strong>{' '}
                    <span class="nowrap">({entry.other.regNo?.value})</span>
                    <br />
                    <span class="soft small">
                      {t('org.persons', { n: personsOf(entry, house.rows('contacts')(), props.own.id) })}
                    </span>
                  </p>
                  <MembershipEnd entry={entry} company={entry.other.name} org={props.own.name} />
                </li>
              )}
            </For>
          </ul>
        </div>
      </Show>
    </section>
  )
}
