import { createSignal, For, Match, Show, Switch } from 'solid-js'
import { formatDay } from '#client/i18n/format.ts'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { lazyDialog } from '#client/ui/lazy-dialog.tsx'
import { AlertNote, Note } from '#client/ui/note.tsx'
import { createAct } from '#client/waiting/act.ts'
import { proposalOf } from '#client/waiting/command-text.ts'
import { RecordActions, WaitingHere } from '#client/waiting/record-actions.tsx'
import { asksOf, waitsFor } from '#shared/bonds/asked.ts'
import { isOpen } from '#shared/bonds/model.ts'
import type { MembershipEntry, OrganisationEntry } from '#shared/documents/entries.ts'
import { MembershipAsk } from './membership-ask.tsx'
import { MembershipEnd } from './membership-end.tsx'

const AskMembershipDialog = lazyDialog(
  async () => (await import('./ask-membership-dialog.tsx')).AskMembershipDialog,
)

/** "Organisation: Tillhör ingen organisation", the one it belongs to, or a question in either direction (IS-21…IS-36). */
export function OrganisationBlock(props: {
  readonly own: OrganisationEntry
  readonly memberships: readonly MembershipEntry[]
}) {
  const house = useHouse()
  const [stating, setStating] = createSignal(false)
  const open = () => props.memberships.filter((entry) => isOpen(entry.bond))
  const asks = () => open().filter((entry) => asksOf(entry.bond, props.own.id))
  const rest = () => open().filter((entry) => !asksOf(entry.bond, props.own.id))
  /** Asked on this device; the server has not yet made a row of it. */
  const underway = () =>
    house.outbox().filter((item) => {
      const proposal = proposalOf(item)
      const shown = item.state === 'queued' || item.state === 'sending' || item.state === 'accepted'
      const here = item.command.as === props.own.id && proposal?.type === 'org_membership'
      return shown && here && !open().some((entry) => entry.bond.id === proposal.id)
    })
  return (
    <section class="stack" aria-labelledby="organisation-block">
      <h2 id="organisation-block" class="visually-hidden">
        {t('org.heading')}
      </h2>
      <For each={asks()}>
        {(entry) => (
          <MembershipAsk
            entry={entry}
            company={props.own.name}
            org={entry.other.name}
            question={t('member.ask.company', { org: entry.other.name, company: props.own.name })}
          />
        )}
      </For>
      <Show when={rest().length > 0 || underway().length > 0 || asks().length === 0}>
        <div class="card">
          <For each={rest()}>{(entry) => <Standing own={props.own} entry={entry} />}</For>
          <For each={underway()}>
            {(item) => (
              <div class="stack-tight">
                <p>{t('org.asked', { number: proposalOf(item)?.number ?? item.label })}</p>
                <WaitingHere item={item} />
              </div>
            )}
          </For>
          <Show when={rest().length === 0 && underway().length === 0}>
            <p>{t('org.none')}</p>
            <div class="buttons">
              <button type="button" class="button primary caps" onClick={() => setStating(true)}>
                {t('org.state')}
              </button>
            </div>
          </Show>
        </div>
      </Show>
      <Show when={stating()}>
        <AskMembershipDialog
          title={t('org.stateTitle')}
          send={t('org.add')}
          draft={null}
          onClose={() => setStating(false)}
        >
          <p>{t('org.stateText')}</p>
        </AskMembershipDialog>
      </Show>
    </section>
  )
}

function Standing(props: { readonly own: OrganisationEntry; readonly entry: MembershipEntry }) {
  const { act, problem, busy } = createAct()
  const withdraw = () =>
    void act({
      type: 'bond.withdraw',
      input: { id: props.entry.bond.id },
      about: [props.entry.bond.id],
      label: props.entry.other.name,
    })
  const since = () => (props.entry.bond.state === 'proposed' ? '' : validFrom(props.entry))
  return (
    <Switch>
      <Match when={waitsFor(props.entry.bond, props.own.id)}>
        <Note tone="pending">
          <p>{t('member.pending.company', { company: props.own.name, org: props.entry.other.name })}</p>
          <AlertNote text={problem()} />
          <RecordActions record={props.entry.bond.id}>
            <button type="button" class="button" disabled={busy()} onClick={withdraw}>
              {t('org.cancelRequest')}
            </button>
          </RecordActions>
        </Note>
      </Match>
      <Match when={props.entry.bond.state !== 'proposed'}>
        <div class="line-apart">
          <p>
            <strong>{t('org.belongs', { org: props.entry.other.name })}</strong>
            <br />
            <span class="soft small">{t('org.since', { date: formatDay(since()) })}</span>
          </p>
          <MembershipEnd entry={props.entry} company={props.own.name} org={props.entry.other.name} />
        </div>
      </Match>
    </Switch>
  )
}

function validFrom(entry: MembershipEntry): string {
  return 'validFrom' in entry.bond ? entry.bond.validFrom : ''
}
