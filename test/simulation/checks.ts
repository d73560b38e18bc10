import type { OpenStore } from '#server/store/open-store.ts'
import type { Bond } from '#shared/bonds/model.ts'
import { evolve, type Change } from '#shared/changes.ts'
import { mayOpen } from '#shared/documents/audience.ts'
import { entryOf, keysOf } from '#shared/documents/views.ts'
import { must } from '#shared/kernel/must.ts'
import type { CommandResult } from '#shared/protocol/commands-message.ts'
import { columns, type RecordKind, type Records as Tables } from '#shared/records.ts'
import type { DeviceMachine } from './device-machine.ts'
import type { Network } from './network.ts'
import type { Records } from './records.ts'
import type { Sim } from './sim.ts'
import { entriesOf } from './stored-content.ts'

interface JournalRow {
  readonly seq: number
  readonly at: string
  readonly command: string | null
  readonly party: string
  readonly change: string
}

export type Journal = readonly (JournalRow & { readonly parsed: Change })[]

export function readJournal(store: OpenStore): Journal {
  const rows = store.db
    .prepare<[], JournalRow>('SELECT seq, at, command, party, change FROM journal ORDER BY seq')
    .all()
  return rows.map((row) => ({ ...row, parsed: JSON.parse(row.change) as Change }))
}

/** Records equal a replay of the journal, byte for byte; and the clock of the journal never ran backwards. */
export function checkReplay(sim: Sim, store: OpenStore, journal: Journal): void {
  const replayed = new Map<string, Tables[RecordKind]>()
  for (const { parsed } of journal) {
    const key = `${parsed.kind}:${parsed.id}`
    replayed.set(key, evolve(replayed.get(key), parsed))
  }
  let count = 0
  for (const kind of Object.keys(columns) as RecordKind[]) {
    const rows = store.db.prepare<[], { id: string; record: string }>(`SELECT id, record FROM ${kind}`).all()
    for (const { id, record } of rows) {
      count += 1
      if (JSON.stringify(replayed.get(`${kind}:${id}`)) !== record)
        sim.fail(`${kind} ${id} is not what the journal says`)
    }
  }
  if (count !== replayed.size) sim.fail(`the journal knows ${replayed.size} records, the tables ${count}`)
  for (const [at, row] of journal.entries()) {
    if (at > 0 && row.at < journal[at - 1]!.at)
      sim.fail(`journal ${row.seq} is of an earlier time than the one before`)
  }
}

/** Every command has exactly one fate, on the server and for the person; none has been done twice. */
export function checkFates(sim: Sim, store: OpenStore, journal: Journal, records: Records): void {
  const rows = store.db
    .prepare<[], { id: string; account: string; result: string }>('SELECT id, account, result FROM command')
    .all()
  const fates = new Map<string, CommandResult>()
  for (const { id, result } of rows) {
    if (fates.has(id)) sim.fail(`two fates of ${id}`)
    fates.set(id, JSON.parse(result) as CommandResult)
    const heard = records.heardResults().get(id)
    if (heard !== undefined && heard !== result) sim.fail(`answered ${heard}, kept ${result}`)
  }
  for (const id of records.heardResults().keys()) {
    if (!fates.has(id)) sim.fail(`answered and not kept: ${records.heardResults().get(id)}`)
  }
  const known = new Set(records.all().map(({ id }) => id))
  for (const one of records.all()) {
    const fate = fates.get(one.id)
    if (records.wasCancelled(one.id)) {
      if (fate !== undefined) sim.fail(`taken back, and yet ${fate.status}`)
      continue
    }
    if (records.wasErased(one)) continue
    if (fate === undefined) sim.fail(`lost: ${one.id} of ${one.device}`)
    else if (fate.status !== 'accepted' && records.shownRefusal(one.id) !== fate.code)
      sim.fail(`${fate.code} was shown as ${records.shownRefusal(one.id)} at ${one.device}`)
    else if (fate.status === 'accepted' && records.shownRefusal(one.id) !== undefined)
      sim.fail(`accepted, and shown as ${records.shownRefusal(one.id)}`)
  }
  checkActs(sim, journal, fates, known)
}

function checkActs(
  sim: Sim,
  journal: Journal,
  fates: ReadonlyMap<string, CommandResult>,
  known: ReadonlySet<string>,
): void {
  const last = new Map<string, number>()
  for (const { seq, at, command } of journal) {
    if (command === null) continue
    const fate = fates.get(command)
    if (fate?.status !== 'accepted') sim.fail(`the journal has ${command}, whose fate is ${fate?.status}`)
    else if (fate.at !== at) sim.fail(`${command} was done at ${at} and answered at ${fate.at}`)
    if ((last.get(command) ?? seq - 1) !== seq - 1) sim.fail(`${command} was done twice`)
    last.set(command, seq)
  }
  for (const [id, fate] of fates) {
    if (fate.status === 'failed') sim.fail(`${id} failed`)
    // A command whose device died before it could say "saved" may have been sent all the same; nothing else may turn up.
    if (!known.has(id)) sim.count('sent though never said to be saved')
  }
}

/** No bond stands without a yes from each side; a request is answered by whom it was put to (§2.4). */
export function checkConsent(sim: Sim, journal: Journal): void {
  const bonds = new Map<string, Bond>()
  for (const { seq, command, party, parsed } of journal) {
    if (parsed.kind !== 'bond') continue
    const before = bonds.get(parsed.id)
    bonds.set(parsed.id, evolve(before, parsed) as Bond)
    if (parsed.type === 'bondProposed') {
      const proposer = parsed.by === 'a' ? parsed.a : parsed.b
      if (party !== proposer && parsed.follows === null)
        sim.fail(`journal ${seq}: ${party} asked in the name of ${proposer}`)
    }
    if (parsed.type !== 'bondConfirmed') continue
    const bond = must(before, 'confirmed bond')
    const asked = bond.proposedBy === 'a' ? bond.b : bond.a
    if (party === asked) continue
    const standing = (one: Bond) => one.state === 'confirmed' || one.state === 'ending'
    const follows = bond.follows === null ? undefined : bonds.get(bond.follows)
    const related = [...bonds.values()].some(
      (one) =>
        one.a === bond.a &&
        one.b === bond.b &&
        one.type !== 'billing' &&
        one.type !== 'org_membership' &&
        standing(one),
    )
    const routed = follows !== undefined && standing(follows)
    const offered = bond.type === 'billing' && bond.proposedBy === 'b' && related
    if (!routed && !offered)
      sim.fail(`journal ${seq}: ${party} said yes for ${asked} (${bond.type}, ${command})`)
  }
}

/** What a document must say, straight from the tables. */
export function freshContent(store: OpenStore, name: string, today: string): ReadonlyMap<string, string> {
  const fresh = new Map<string, string>()
  for (const key of keysOf(name, store.facts)) {
    const entry = entryOf(name, key, store.facts, today)
    if (entry !== undefined) fresh.set(key, JSON.stringify(entry))
  }
  return fresh
}

/** Where a document on a device, on disk or on screen, is not what the tables say now, or should not be there at all. */
export function differences(
  store: OpenStore,
  machine: DeviceMachine,
  today: string,
  fresh: Map<string, ReadonlyMap<string, string>>,
): readonly string[] {
  const { name: at, account } = machine
  const device = machine.device()
  if (device === undefined) return [`${at} is not signed in`]
  const found: string[] = []
  const wanted = (document: string) => {
    const known = fresh.get(document) ?? freshContent(store, document, today)
    fresh.set(document, known)
    return known
  }
  for (const { name, bytes } of machine.disk().documents()) {
    if (!mayOpen(account, name, store.facts)) found.push(`${at} keeps ${name} without a right`)
    else compare(found, `${at}, disk, ${name}`, entriesOf(bytes), wanted(name))
  }
  const { party, kind } = device.role()
  for (const view of ['me', 'base', 'contacts', 'payers'] as const) {
    const document = view === 'me' ? `me/${account}` : `org/${party}/${view}`
    const rows = new Map(
      device
        .rows(view)()
        .map((entry) => [`${entry.kind}:${entry.id}`, JSON.stringify(entry)]),
    )
    const may = mayOpen(account, document, store.facts) && (view === 'me' || kind !== 'person')
    compare(found, `${at}, screen, ${document}`, rows, may ? wanted(document) : new Map())
  }
  return found
}

function compare(
  differences: string[],
  where: string,
  found: ReadonlyMap<string, string>,
  wanted: ReadonlyMap<string, string>,
): void {
  for (const [key, text] of wanted) {
    if (found.get(key) !== text) differences.push(`${where}: ${key} ${difference(found.get(key), text)}`)
  }
  for (const key of found.keys()) if (!wanted.has(key)) differences.push(`${where}: ${key} is still there`)
}

/** Nothing on the device that its person may not have, whatever it once might have had. */
export function checkCanaries(store: OpenStore, network: Network, machine: DeviceMachine): void {
  const device = machine.device()
  const own = JSON.stringify(machine.disk().outbox())
  const screen = (['me', 'base', 'contacts', 'payers'] as const).map((view) =>
    JSON.stringify(device?.rows(view)() ?? []),
  )
  network.guard.device(machine.account, `screen at ${machine.name}`, screen.join('\n'), '', store.facts)
  network.guard.device(machine.account, `disk at ${machine.name}`, machine.disk().text(), own, store.facts)
}

/** From where they part. */
function difference(found: string | undefined, wanted: string): string {
  if (found === undefined) return `is missing, not ${wanted.slice(0, 300)}`
  let at = 0
  while (at < found.length && found[at] === wanted[at]) at += 1
  return `is …${found.slice(Math.max(0, at - 80), at + 120)}…, not …${wanted.slice(Math.max(0, at - 80), at + 120)}…`
}
