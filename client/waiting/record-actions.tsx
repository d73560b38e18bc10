import { createSignal, Match, Show, Switch, type JSX } from 'solid-js'
import type { OutboxItem } from '#client/core/house.ts'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { AlertNote } from '#client/ui/note.tsx'
import { commandText } from './command-text.ts'
import { outboxProblem } from './outbox-problem.ts'
import { useWaiting } from './waiting.tsx'

/**
 * The buttons of a record, or, while something about it waits to be decided, that it waits and a way back (CC-2).
 * A refused one shows the reason and the buttons again.
 */
export function RecordActions(props: { readonly record: string; readonly children: JSX.Element }) {
  const waiting = useWaiting()
  const item = () => waiting.about(props.record)
  const open = () => {
    const now = item()
    return now !== undefined && now.state !== 'refused' && now.state !== 'failed' ? now : undefined
  }
  const refused = () => (open() === undefined ? item() : undefined)
  return (
    <div class="stack-tight">
      <Show when={refused()}>{(shown) => <RefusedHere item={shown()} />}</Show>
      <Show when={open()} fallback={<div class="buttons">{props.children}</div>}>
        {(shown) => <WaitingHere item={shown()} />}
      </Show>
    </div>
  )
}

export function WaitingHere(props: { readonly item: OutboxItem }) {
  const house = useHouse()
  const [late, setLate] = createSignal(false)
  const waiting = useWaiting()
  const stays = () => props.item.state !== 'accepted' && waiting.stuck()
  const undo = async () => setLate(!(await house.cancel(props.item.command.id)))
  return (
    <div class="buttons">
      <span class="small soft">{commandText(props.item)}</span>
      <Switch>
        <Match when={stays()}>
          <span class="chip warn">
            <Icon name="CloudOff" />
            {t('waiting.onNetwork')}
          </span>
          <Show when={props.item.state === 'queued'}>
            <button type="button" class="button" onClick={() => void undo()}>
              {t('common.undo')}
            </button>
          </Show>
        </Match>
        <Match when={!stays()}>
          <span class="chip">
            <Icon name="Send" />
            {t('common.sending')}
          </span>
        </Match>
      </Switch>
      <Show when={late()}>
        <span role="alert">{t('waiting.leftAlready')}</span>
      </Show>
    </div>
  )
}

function RefusedHere(props: { readonly item: OutboxItem }) {
  const house = useHouse()
  return (
    <AlertNote text={outboxProblem(props.item, house.session().register.name)}>
      <div class="buttons">
        <button type="button" class="button" onClick={() => void house.acknowledge(props.item.command.id)}>
          {t('common.read')}
        </button>
      </div>
    </AlertNote>
  )
}
