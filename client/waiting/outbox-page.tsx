import { useNavigate } from '@solidjs/router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { OutboxItem } from '#client/core/house.ts'
import { formatInstant } from '#client/i18n/format.ts'
import { offersEnd } from '#client/i18n/refusal-text.ts'
import { t } from '#client/i18n/t.ts'
import { firstPathOf, pagesOf } from '#client/shell/pages.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { Empty } from '#client/ui/list-state.tsx'
import { Page } from '#client/ui/page.tsx'
import { commandText, proposalOf } from './command-text.ts'
import { outboxProblem } from './outbox-problem.ts'
import { useWaiting } from './waiting.tsx'

/** Att skicka: what waits to leave this device, and what came back refused until it has been read (CC-2). */
export function OutboxPage() {
  const house = useHouse()
  const waiting = useWaiting()
  const queued = createMemo(() => house.outbox().filter((item) => item.state === 'queued'))
  const underway = createMemo(() =>
    house.outbox().filter((item) => item.state === 'sending' || item.state === 'accepted'),
  )
  return (
    <Page title={t('outbox.title')}>
      <Show
        when={house.outbox().length > 0}
        fallback={<Empty icon="Check" title={t('outbox.empty')} text={t('outbox.emptyText')} />}
      >
        <Group heading={t('outbox.attention')} items={waiting.refused()} refused />
        <Group heading={t('outbox.queued')} items={queued()} />
        <Group heading={t('outbox.onTheWay')} items={underway()} />
      </Show>
    </Page>
  )
}

function Group(props: {
  readonly heading: string
  readonly items: readonly OutboxItem[]
  readonly refused?: true
}) {
  return (
    <Show when={props.items.length > 0}>
      <section class="card">
        <h2>{props.heading}</h2>
        <ul class="plain-list">
          <For each={props.items}>
            {(item) => (
              <li class="stack-tight">
                <div class="line-apart">
                  <span>
                    <strong>{commandText(item)}</strong>
                    <br />
                    <span class="soft small">
                      {t('outbox.as', { role: item.roleName })} · {formatInstant(item.storedAt)}
                    </span>
                  </span>
                  <Show when={!props.refused}>
                    <Unsent item={item} />
                  </Show>
                </div>
                <Show when={props.refused}>
                  <Refused item={item} />
                </Show>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}

function Unsent(props: { readonly item: OutboxItem }) {
  const house = useHouse()
  const [late, setLate] = createSignal(false)
  const remove = async () => setLate(!(await house.cancel(props.item.command.id)))
  return (
    <div class="buttons">
      <Show
        when={props.item.state === 'queued'}
        fallback={
          <span class="chip">
            <Icon name="Send" />
            {props.item.state === 'accepted' ? t('outbox.accepted') : t('common.sending')}
          </span>
        }
      >
        <span class="chip warn">
          <Icon name="CloudOff" />
          {t('waiting.onNetwork')}
        </span>
        <button type="button" class="button" onClick={() => void remove()}>
          {t('common.remove')}
        </button>
      </Show>
      <Show when={late()}>
        <span role="alert">{t('waiting.leftAlready')}</span>
      </Show>
    </div>
  )
}

/** The reason, and what can be done now: correct it and send again, ask oneself instead, or have read it. */
function Refused(props: { readonly item: OutboxItem }) {
  const house = useHouse()
  const navigate = useNavigate()
  const refusal = () => props.item.refusal
  /** The page where it was asked, in the role it was asked in. */
  const goTo = (draft: boolean) => {
    house.chooseRole(props.item.command.as)
    const role = house.role()
    const path = pathFor(props.item)
    const there = pagesOf(role).some((page) => page.path === path) ? path : firstPathOf(role)
    const state = draft
      ? { draft: props.item.command.id }
      : asksAnew()
        ? { ask: props.item.about[0] }
        : undefined
    navigate(there, state === undefined ? {} : { state })
  }
  /** The company took its question back; the person may ask it the same instead (AC-1). */
  const asksAnew = () =>
    refusal()?.code === 'bond/withdrawn' && house.session().person.id === props.item.command.as
  const onward = () => {
    const now = refusal()
    if (asksAnew()) return t('outbox.sendOwn')
    return now !== null && offersEnd(now) ? t('outbox.endInstead') : t('outbox.goThere')
  }
  return (
    <>
      <p class="note bad">
        <Icon name="CircleAlert" />
        <span class="note-body">
          <span>{outboxProblem(props.item, house.session().register.name)}</span>
          <Show when={props.item.answeredAt}>
            {(at) => <span class="small">{t('outbox.refusedAt', { time: formatInstant(at()) })}</span>}
          </Show>
        </span>
      </p>
      <div class="buttons">
        <Show
          when={proposalOf(props.item)}
          fallback={
            <button type="button" class="button" onClick={() => goTo(false)}>
              {onward()}
            </button>
          }
        >
          <button type="button" class="button primary" onClick={() => goTo(true)}>
            {t('outbox.editResend')}
          </button>
        </Show>
        <button type="button" class="button" onClick={() => void house.acknowledge(props.item.command.id)}>
          {t('common.read')}
        </button>
      </div>
    </>
  )
}

function pathFor(item: OutboxItem): string {
  const proposal = proposalOf(item)
  if (proposal?.type === 'billing' || item.command.type === 'payer.choose') return '/fakturamottagare'
  return '/mina-kontakter'
}
