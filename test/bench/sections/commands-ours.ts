import { cpSync } from 'node:fs'
import { join } from 'node:path'
import * as Y from 'yjs'
import { awaitCount } from '../arrivals.ts'
import { ownCpu, startChild } from '../child.ts'
import { openCallLine, type CallLine } from '../ours/call-line.ts'
import { openDeviceSocket, type DeviceSocket } from '../ours/device-socket.ts'
import { assertAccepted, callsOf, confirm, newDevice, propose } from '../ours/propose.ts'
import type { OurReady, OurTask } from '../ours/server.ts'
import { planWorld, type PlannedWorld, type WorldPlan } from '../ours/world.ts'
import { temporaryFolder } from '../temporary.ts'
import {
  askedOf,
  companiesOf,
  perCall,
  personOf,
  spreadDocuments,
  unanswered,
  type Mix,
} from './commands-plan.ts'
import type { Runner } from './commands.ts'

/** A socket carries at most 64 documents. */
const perSocket = 60

/** A store filled once and copied for each mix, so that every mix begins with the same. */
export async function makeTemplate(plan: WorldPlan): Promise<{ folder: string; world: PlannedWorld }> {
  const folder = temporaryFolder()
  const child = await startChild<OurReady>('ours/server.ts', { dataDir: folder, plan } satisfies OurTask)
  await child.stop()
  return { folder, world: planWorld(plan) }
}

/** Our server, with one reader on every document the mix touches. */
export async function startOurs(
  template: { folder: string; world: PlannedWorld },
  plan: WorldPlan,
  mix: Mix,
  flags: readonly string[] = [],
): Promise<Runner> {
  const { world } = template
  const dataDir = join(temporaryFolder(), 'data')
  cpSync(template.folder, dataDir, { recursive: true })
  const child = await startChild<OurReady>('ours/server.ts', { dataDir, plan } satisfies OurTask, flags)
  const { port, cookies } = child.ready
  const arrivals = awaitCount()
  const idOf = (company: number) => world.companies[company]?.id ?? ''

  async function open(companies: readonly number[], account: number, counted: boolean) {
    for (let n = 0; n < companies.length; n += perSocket) {
      const socket = await openDeviceSocket(port, cookies[account] ?? '')
      if (counted) applyTo(new Map(), socket)
      for (const company of companies.slice(n, n + perSocket))
        await socket.open(`org/${idOf(company)}/contacts`)
    }
  }
  /** The reader holds each document as a Y.Doc, as a device does. */
  function applyTo(docs: Map<string, Y.Doc>, socket: DeviceSocket): void {
    socket.onUpdate((name, update) => {
      let doc = docs.get(name)
      if (doc === undefined) {
        doc = new Y.Doc()
        docs.set(name, doc)
        doc.getMap('entries').observe((event) => arrivals.add(event.keysChanged.size))
      }
      Y.applyUpdate(doc, update)
    })
  }
  /** Every writer's device has open what it writes to, as at the peer; one more reads everything and counts. */
  async function openAll(round: number) {
    for (const [writer, account] of mix.accounts.entries()) {
      const companies = companiesOf(mix, writer, round)
      await open(companies, account, false)
      if (!mix.hot || writer === 0) await open(companies, account, true)
    }
  }
  if (!mix.hot) await openAll(0)

  return {
    async round(round) {
      if (mix.hot) await openAll(round)
      const lines = await Promise.all(mix.accounts.map(() => openCallLine(port)))
      const calls = mix.accounts.map((account, writer) => {
        const device = newDevice()
        const companies = companiesOf(mix, writer, round)
        const commands: string[] = []
        for (let n = writer; n < mix.perRound; n += mix.writers) {
          if (mix.kind === 'confirm') {
            const bond = askedOf(round, n)
            commands.push(confirm(device, idOf(bond % spreadDocuments), world.asked[bond] ?? ''))
          } else {
            const person = world.persons[personOf(round, n)]
            const company = companies[commands.length % companies.length] ?? 0
            if (person !== undefined) commands.push(propose(device, idOf(company), person))
          }
        }
        return callsOf(cookies[account] ?? '', device, commands, perCall)
      })
      // A confirmation shows in the contacts; its payment, in a document nobody here has open.
      arrivals.reset()
      const expected = mix.perRound
      const cpuMs = await child.cpuMs()
      const load = ownCpu()
      const startedMs = performance.now()
      const sent = Promise.all(lines.map((line, writer) => sendAll(line, calls[writer] ?? [])))
      await Promise.all([
        sent.then((answers) => answers.flat().forEach(assertAccepted)),
        arrivals.reach(expected),
      ])
      const ms = performance.now() - startedMs
      const loadShare = load.since() / ms
      for (const line of lines) line.close()
      return {
        perSecond: (mix.perRound * 1000) / ms,
        cpuUs: (((await child.cpuMs()) - cpuMs) * 1000) / mix.perRound,
        loadShare,
      }
    },
    stop: child.stop,
  }
}

async function sendAll(line: CallLine, calls: readonly Buffer[]): Promise<readonly string[]> {
  const underWay = unanswered / perCall
  const answers: Promise<string>[] = []
  for (const [n, call] of calls.entries()) {
    if (n >= underWay) await answers[n - underWay]
    answers.push(line.call(call))
  }
  return Promise.all(answers)
}
