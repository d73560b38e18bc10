import { asksOf, waitsFor } from '#shared/bonds/asked.ts'
import { isStanding } from '#shared/bonds/model.ts'
import type { BillingEntry, Entry } from '#shared/documents/entries.ts'

export interface PayerGroup {
  readonly id: string
  readonly name: string
  readonly rows: readonly BillingEntry[]
  readonly used: number
}

/** Whom an organisation pays for, sorted into the blocks of the page (IS-94…IS-104). */
export interface PayerLists {
  /** People who ask to be paid for. */
  readonly requests: readonly BillingEntry[]
  /** Offers of this payer's own that nobody has answered. */
  readonly offers: readonly BillingEntry[]
  readonly direct: readonly BillingEntry[]
  /** By member company (a broker organisation's view). */
  readonly via: readonly PayerGroup[]
  /** By the organisation that has taken the payment over (a company's view, IS-99). */
  readonly takenOver: readonly PayerGroup[]
}

export function payerLists(rows: readonly Entry[], party: string): PayerLists {
  const requests: BillingEntry[] = []
  const offers: BillingEntry[] = []
  const direct: BillingEntry[] = []
  const via = new Map<string, BillingEntry[]>()
  const takenOver = new Map<string, BillingEntry[]>()
  for (const row of rows) {
    if (row.kind !== 'billing') continue
    if (asksOf(row.bond, party)) requests.push(row)
    else if (waitsFor(row.bond, party)) offers.push(row)
    else if (!isStanding(row.bond)) continue
    else if (row.via !== null) push(via, row.via.id, row)
    else if (row.takenOverBy !== null) push(takenOver, row.takenOverBy.id, row)
    else direct.push(row)
  }
  return {
    requests: byName(requests),
    offers: byName(offers),
    direct: byName(direct),
    via: groups(via, (row) => row.via),
    takenOver: groups(takenOver, (row) => row.takenOverBy),
  }
}

export function payeeName(row: BillingEntry): string {
  return row.person?.name ?? row.bond.typed?.name ?? ''
}

export function payeeNumber(row: BillingEntry) {
  return row.person?.nationalId ?? row.bond.typed?.nationalId ?? null
}

/** "9 personer, varav 1 används ej". */
export function unusedOf(rows: readonly BillingEntry[]): number {
  return rows.filter((row) => !row.used).length
}

function push(map: Map<string, BillingEntry[]>, id: string, row: BillingEntry): void {
  const list = map.get(id)
  if (list === undefined) map.set(id, [row])
  else list.push(row)
}

function groups(
  map: ReadonlyMap<string, readonly BillingEntry[]>,
  headOf: (row: BillingEntry) => { readonly id: string; readonly name: string } | null,
): readonly PayerGroup[] {
  return [...map.values()]
    .flatMap((rows) => {
      const head = rows[0] === undefined ? null : headOf(rows[0])
      return head === null ? [] : [{ ...head, rows: byName(rows), used: rows.length - unusedOf(rows) }]
    })
    .sort((one, other) => one.name.localeCompare(other.name))
}

function byName(rows: readonly BillingEntry[]): readonly BillingEntry[] {
  return [...rows].sort((one, other) => (payeeName(one) < payeeName(other) ? -1 : 1))
}
