import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { systemActor } from '#shared/access/actor.ts'
import { mayOpen } from '#shared/documents/audience.ts'
import { dayOf } from '#shared/kernel/time.ts'
import { checkCanaries, checkConsent, checkFates, checkReplay, differences, readJournal } from './checks.ts'
import { createDeviceMachine, type DeviceMachine } from './device-machine.ts'
import { createNetwork, type Network } from './network.ts'
import { createRecords, type Records } from './records.ts'
import { createServerMachine, type ServerMachine } from './server-machine.ts'
import { createSim, type Sim } from './sim.ts'
import { nobody } from './timeline.ts'
import { wishOf } from './wishes.ts'
import { organisations, staff, users } from './world.ts'

export interface SeedResult {
  readonly seed: number
  readonly failures: readonly string[]
  readonly traceHash: string
  readonly counts: Readonly<Record<string, number>>
}

interface Cast {
  readonly sim: Sim
  readonly server: ServerMachine
  readonly network: Network
  readonly records: Records
  readonly devices: readonly DeviceMachine[]
}

const steps = 300
/** After the storm: 40 s until a dead link is noticed, 30 s until the next try, and a second time if that one fell out too. */
export const convergesWithinMs = 150_000

/** One run of six people with two devices each, through 300 steps of bad weather, with a calm in the middle and one at the end. */
export async function runSeed(
  seed: number,
  folder: string,
  template: string,
  verbose: boolean,
): Promise<SeedResult> {
  const file = join(folder, `seed-${seed}.sqlite`)
  copyFileSync(template, file)
  const sim = createSim(seed, verbose)
  const cast = await assemble(sim, file)
  try {
    for (let step = 1; step <= steps && sim.failures.length === 0; step += 1) {
      await act(cast)
      await sim.timeline.runUntil(sim.timeline.nowMs() + 50 + sim.acts.below(1200))
      if (step === steps / 2) await calm(cast)
    }
    if (sim.failures.length === 0) await calm(cast)
  } finally {
    for (const device of cast.devices) if (device.isRunning()) device.life().alive = false
    cast.server.close()
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
    // y-websocket listens to the end of the process for each document.
    process.removeAllListeners('exit')
  }
  sim.count('seeds')
  sim.count('turns', sim.timeline.ran())
  return { seed, failures: sim.failures, traceHash: sim.traceHash(), counts: sim.counts() }
}

async function assemble(sim: Sim, file: string): Promise<Cast> {
  let network: Network | undefined
  const server: ServerMachine = createServerMachine(sim, file, () => {
    network?.serverDown()
    sim.timeline.plan(sim.weather.below(5000), () => void server.boot(), nobody)
  })
  await server.boot()
  network = createNetwork(sim, server)
  const records = createRecords(sim)
  const devices: DeviceMachine[] = []
  for (const { key, account } of users) {
    for (const letter of ['a', 'b']) {
      const device = createDeviceMachine({
        sim,
        network,
        server,
        records,
        name: `${key}${letter}`,
        account: account!,
      })
      devices.push(device)
      await device.boot()
    }
  }
  await sim.timeline.runUntil(sim.timeline.nowMs() + 3000)
  for (const device of devices) await device.signIn()
  return { sim, server, network, records, devices }
}

/** One step: somebody wants something, or something breaks. */
async function act({ sim, server, network, devices }: Cast): Promise<void> {
  const { acts } = sim
  const device = acts.pick(devices)
  for (const one of devices)
    if (one.isRunning() && one.device() === undefined && acts.chance(0.3)) await one.signIn()
  const dice = acts.below(100)
  if (dice < 56) return want(sim, server, device)
  if (dice < 62) return device.goOnline(!device.isOnline())
  if (dice < 65) return device.tidy(acts.chance(0.5))
  if (dice < 69) return reboot(sim, device)
  if (dice < 71) return server.crash()
  if (dice < 73) return server.crashAt(acts.chance(0.5) ? 'before commit' : 'after commit')
  if (dice < 77) {
    const links = network.links()
    if (links.length === 0) return
    const link = acts.pick(links)
    return acts.chance(0.5) ? link.cut() : link.die()
  }
  if (dice < 79) return server.during((house) => house.sessions.endAll(device.account).catch(() => undefined))
  if (dice < 80) return night(sim, server)
  if (dice < 83) {
    const name = acts.pick([
      'org/o-bo/contacts',
      'org/o-af/contacts',
      'org/o-cu/payers',
      `me/${device.account}`,
    ])
    return server.during((house) => house.documents.reseed(name).catch(() => undefined))
  }
  if (dice < 85) return unload(sim)
  if (dice < 87) return grantAgain(sim, server)
  if (dice < 92) return choose(sim, device)
  if (dice < 93) return device.signOut()
  if (dice < 95) return server.failCommit()
  if (dice < 97) return pry(sim, server, device)
}

async function want(sim: Sim, server: ServerMachine, machine: DeviceMachine): Promise<void> {
  const device = machine.device()
  if (device === undefined) return
  const ids = server.isUp()
    ? server.store().db.prepare<[], string>('SELECT id FROM bond ORDER BY id').pluck().all()
    : []
  await machine.wish(wishOf(device, sim.acts, ids))
}

async function pry(sim: Sim, server: ServerMachine, device: DeviceMachine): Promise<void> {
  if (!server.isUp()) return
  const views = ['base', 'contacts', 'payers'].map((view) => `org/${sim.acts.pick(organisations).id}/${view}`)
  const document = sim.acts.pick([...views, `me/${sim.acts.pick(users).account}`])
  if (!mayOpen(device.account, document, server.store().facts)) await device.pry(document)
}

async function reboot(sim: Sim, device: DeviceMachine): Promise<void> {
  if (!device.isRunning()) return
  device.crash()
  sim.count('device crashes')
  sim.timeline.plan(sim.weather.below(20_000), () => void device.boot(), nobody)
}

/** Days pass, seldom months: requests lapse, sets ends come, sessions grow old. */
async function night(sim: Sim, server: ServerMachine): Promise<void> {
  const days = sim.acts.chance(0.15) ? 92 : 1 + sim.acts.below(5)
  sim.sleep(days * 86_400_000)
  await server.during((house) => void house.dailyRound.go())
}

/** Long enough for documents nobody listens to to be let go of. */
function unload(sim: Sim): void {
  sim.idle(11 * 60_000)
}

/** The register lets somebody back in. */
async function grantAgain(sim: Sim, server: ServerMachine): Promise<void> {
  const { id, person, party, administrator } = sim.acts.pick(staff)
  const account = users[person]?.account ?? ''
  await server.during((house) => {
    if (server.store().facts.get('staffRole', id)?.state === 'active') return
    const at = new Date(sim.wallMs()).toISOString()
    const staffRole = { account, party, administrator, title: '' }
    house.execute
      .record(systemActor, at, [{ type: 'staffRoleGranted', kind: 'staffRole', id, staffRole }])
      .catch(() => undefined)
  })
}

async function choose(sim: Sim, machine: DeviceMachine): Promise<void> {
  const roles = machine.device()?.session().roles ?? []
  if (roles.length > 0) await machine.choose(sim.acts.pick(roles).party)
}

/** The storm passes: all links are whole, all machines run; within the bound everybody must be level, and everything is looked at. */
async function calm(cast: Cast): Promise<void> {
  const { sim, devices, server } = cast
  sim.stormy = false
  const until = sim.timeline.nowMs() + convergesWithinMs
  let open = ['not looked']
  while (open.length > 0 && sim.timeline.nowMs() < until && sim.failures.length === 0) {
    for (const device of devices) {
      await device.goOnline(true)
      await device.signIn()
      await device.tidy(false)
    }
    await sim.timeline.runUntil(sim.timeline.nowMs() + 2000)
    open = server.isUp() ? unsettled(cast) : ['server']
  }
  if (open.length > 0) sim.fail(`did not come to rest: ${open.join('; ')}`)
  else check(cast)
  sim.trace('calm')
  sim.stormy = true
}

function unsettled({ sim, devices, server }: Cast): string[] {
  const store = server.store()
  const waiting = devices.flatMap((machine) => {
    const device = machine.device()
    if (device === undefined) return [`${machine.name} not signed in`]
    const waiting = device.outbox().map(({ command, state }) => `${machine.name} ${command.type} ${state}`)
    const { state } = device.connection()
    const { party } = device.role()
    const behind = (['me', 'base', 'contacts', 'payers'] as const)
      .filter((view) => device.viewState(view)() !== 'live' && device.viewState(view)() !== 'absent')
      .map((view) => `${machine.name} ${party} ${view} ${device.viewState(view)()}`)
    return [...waiting, ...behind, ...(state === 'live' ? [] : [`${machine.name} ${state}`])]
  })
  if (waiting.length > 0) return waiting
  // A link may be dead without either end knowing: a device that calls itself level may be so only when it has found out.
  const today = dayOf(new Date(sim.wallMs()).toISOString())
  const fresh = new Map<string, ReadonlyMap<string, string>>()
  return devices.flatMap((machine) => differences(store, machine, today, fresh))
}

function check({ sim, server, network, records, devices }: Cast): void {
  const store = server.store()
  const journal = readJournal(store)
  checkReplay(sim, store, journal)
  checkFates(sim, store, journal, records)
  checkConsent(sim, journal)
  for (const device of devices) checkCanaries(store, network, device)
}
