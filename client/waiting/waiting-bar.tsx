import { Match, Show, Switch } from 'solid-js'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'
import { Icon } from '#client/ui/icons.tsx'
import { outboxProblem } from './outbox-problem.ts'
import { useWaiting } from './waiting.tsx'

/** On every page, while something waits to be sent, was refused, or the way to the server is shut. */
export function WaitingBar() {
  const house = useHouse()
  const waiting = useWaiting()
  const state = () => house.connection().state
  const unsent = () => waiting.unsent().length
  const refused = () => waiting.refused().length
  return (
    <>
      <Switch>
        <Match when={state() === 'signed-out'}>
          <div class="bar bad" role="alert">
            <Icon name="CircleAlert" />
            <span>{t('connection.signInAgain')}</span>
            <button type="button" class="button quiet bar-end" onClick={() => location.reload()}>
              {t('signin.title')}
            </button>
          </div>
        </Match>
        <Match when={state() === 'update-needed'}>
          <div class="bar bad" role="alert">
            <Icon name="CircleAlert" />
            <span>{t('connection.updateText')}</span>
            <button type="button" class="button quiet bar-end" onClick={() => location.reload()}>
              {t('app.reload')}
            </button>
          </div>
        </Match>
      </Switch>
      <Show when={refused() > 0}>
        <output class="bar bad">
          <Icon name="CircleAlert" />
          <span>
            {t('waiting.refused', { n: refused() })} <Reason />
          </span>
          <a class="bar-end" href="/att-skicka">
            {t('common.show')}
          </a>
        </output>
      </Show>
      <Show when={waiting.stuck()}>
        <output class="bar">
          <Icon name="CloudOff" />
          <span>{t('waiting.offline', { n: unsent() })}</span>
          <a class="bar-end" href="/att-skicka">
            {t('common.show')}
          </a>
        </output>
      </Show>
    </>
  )
}

/** The newest reason, on whatever page the person is: the row it was about may be gone. */
function Reason() {
  const house = useHouse()
  const waiting = useWaiting()
  return (
    <Show when={waiting.refused().at(-1)}>
      {(item) => outboxProblem(item(), house.session().register.name)}
    </Show>
  )
}
