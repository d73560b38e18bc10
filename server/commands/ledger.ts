import type { Database } from 'better-sqlite3'
import type { Change } from '#shared/changes.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { CommandResult } from '#shared/protocol/commands-message.ts'
import type { CommitListener } from '../store/writer.ts'

interface DeviceRow {
  readonly account: string
  readonly lastSeq: number
}

/** How much had been written down; what came after can be crossed out again. */
export interface LedgerMark {
  readonly fates: number
  readonly journal: number
}

/**
 * The fates of commands and the journal of changes: written down while a commit is being made, and put into the tables many rows
 * at a time just before it, because a statement for each costs more than the row.
 */
export interface Ledger extends CommitListener {
  /** Only the account's own: by another's id nothing can be learned. */
  readonly fate: (id: string, account: string) => CommandResult | undefined
  readonly device: (id: string) => DeviceRow | undefined
  readonly keep: (account: string, device: string, seq: number, result: CommandResult) => void
  readonly tell: (
    at: Instant,
    command: string | null,
    account: string | null,
    party: string,
    change: Change,
  ) => void
  readonly mark: () => LedgerMark
  readonly undo: (mark: LedgerMark) => void
}

interface FateRow {
  readonly account: string
  readonly device: string
  readonly seq: number
  readonly result: CommandResult
}

const rowsAtOnce = 16
const rememberedDevices = 20_000

export function createLedger(db: Database): Ledger {
  const getFate = db
    .prepare<[string, string], string>('SELECT result FROM command WHERE id = ? AND account = ?')
    .pluck()
  const getDevice = db.prepare<[string], DeviceRow>('SELECT account, lastSeq FROM device WHERE id = ?')
  const putDevice = db.prepare(
    'INSERT INTO device (id, account, lastSeq) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET lastSeq = excluded.lastSeq',
  )
  const putFates = manyRows(db, 'command', ['id', 'account', 'device', 'seq', 'result'])
  const putJournal = manyRows(db, 'journal', ['at', 'command', 'account', 'party', 'change'])
  const devices = new Map<string, DeviceRow>()
  let fates: FateRow[] = []
  let byId = new Map<string, CommandResult>()
  let journal: unknown[][] = []

  function forgetPending(): void {
    for (const { device } of fates) devices.delete(device)
    fates = []
    byId = new Map()
    journal = []
  }

  return {
    fate(id, account) {
      const pending = byId.get(`${id} ${account}`)
      if (pending !== undefined) return pending
      const text = getFate.get(id, account)
      return text === undefined ? undefined : (JSON.parse(text) as CommandResult)
    },
    device(id) {
      const known = devices.get(id)
      if (known !== undefined) return known
      const row = getDevice.get(id)
      if (row !== undefined) devices.set(id, row)
      return row
    },
    keep(account, device, seq, result) {
      fates.push({ account, device, seq, result })
      byId.set(`${result.id} ${account}`, result)
      if (devices.size >= rememberedDevices) devices.clear()
      devices.set(device, { account, lastSeq: seq })
    },
    tell(at, command, account, party, change) {
      journal.push([at, command, account, party, JSON.stringify(change)])
    },
    mark: () => ({ fates: fates.length, journal: journal.length }),
    undo(mark) {
      for (const { account, device, result } of fates.splice(mark.fates)) {
        byId.delete(`${result.id} ${account}`)
        devices.delete(device)
      }
      // What of the device came before in this commit still counts.
      for (const { account, device, seq } of fates) devices.set(device, { account, lastSeq: seq })
      journal.length = mark.journal
    },
    collect() {
      putFates(
        fates.map(({ account, device, seq, result }) => [
          result.id,
          account,
          device,
          seq,
          JSON.stringify(result),
        ]),
      )
      putJournal(journal)
      for (const device of new Set(fates.map((fate) => fate.device))) {
        const row = devices.get(device)
        if (row !== undefined) putDevice.run(device, row.account, row.lastSeq)
      }
    },
    beforeCommit: () => undefined,
    afterCommit() {
      fates = []
      byId = new Map()
      journal = []
    },
    startedOver: forgetPending,
    rolledBack: forgetPending,
  }
}

/** Inserts rows some at a time, in their order. */
function manyRows(
  db: Database,
  table: string,
  names: readonly string[],
): (rows: readonly (readonly unknown[])[]) => void {
  const places = `(${names.map(() => '?').join(', ')})`
  const insert = (count: number) =>
    db.prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES ${Array.from({ length: count }, () => places).join(', ')}`,
    )
  const one = insert(1)
  const many = insert(rowsAtOnce)
  return (rows) => {
    let n = 0
    for (; n + rowsAtOnce <= rows.length; n += rowsAtOnce) many.run(...rows.slice(n, n + rowsAtOnce).flat())
    for (; n < rows.length; n += 1) one.run(...(rows[n] ?? []))
  }
}
