/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the list keeps each line it draws in a div of its own, which a <table> or <ul> may not hold */
import { Match, Show, Switch } from 'solid-js'
import { WindowVirtualizer } from 'virtua/solid'
import { t } from '#client/i18n/t.ts'
import { Icon } from '#client/ui/icons.tsx'
import { NationalNumber } from '#client/ui/national-number.tsx'
import { RecordActions } from '#client/waiting/record-actions.tsx'
import { useWaiting } from '#client/waiting/waiting.tsx'
import type { BillingEntry } from '#shared/documents/entries.ts'
import { payeeName, payeeNumber } from './payer-lists.ts'

export type PayerLine =
  | { readonly kind: 'direct' | 'via'; readonly row: BillingEntry }
  | { readonly kind: 'head'; readonly text: string }

const lineHeight = 40

/** Direct rows "ÅÅMMDD-NNNN Namn", rows through a company "Namn (ÅÅMMDD-NNNN)", as the manual writes them (IS-104). */
export function PayerRows(props: { readonly lines: readonly PayerLine[] }) {
  return (
    <div class="payer-rows" role="list">
      <WindowVirtualizer data={props.lines} itemSize={lineHeight}>
        {(line) => (
          <Switch>
            <Match when={line.kind === 'head' && line}>
              {(head) => (
                <div role="listitem" class="payer-head">
                  <h3>{head().text}</h3>
                </div>
              )}
            </Match>
            <Match when={line.kind !== 'head' && line}>
              {(person) => <PayerRow row={person().row} via={person().kind === 'via'} />}
            </Match>
          </Switch>
        )}
      </WindowVirtualizer>
    </div>
  )
}

function PayerRow(props: { readonly row: BillingEntry; readonly via: boolean }) {
  const waiting = useWaiting()
  const name = () => payeeName(props.row)
  return (
    <div role="listitem" class="payer-row">
      <Show
        when={props.via}
        fallback={
          <span>
            <NationalNumber id={payeeNumber(props.row)} name={name()} /> {name()}
          </span>
        }
      >
        <span hidden={name() === ''}>
          {name()}{' '}
          <Show when={payeeNumber(props.row)}>
            {(id) => (
              <>
                (<NationalNumber id={id()} name={name()} />)
              </>
            )}
          </Show>
        </span>
      </Show>
      <Show when={!props.row.used}>
        <span class="soft" title={t('bill.unusedWhy')}>
          {t('bill.unused')}
        </span>
      </Show>
      <Show when={props.row.person?.protectedIdentity}>
        <span class="chip">
          <Icon name="Shield" />
          {t('contacts.protected')}
        </span>
      </Show>
      <Show when={waiting.about(props.row.bond.id)}>
        <RecordActions record={props.row.bond.id}>{null}</RecordActions>
      </Show>
    </div>
  )
}
