import { join } from 'node:path'
import { createServerMachine } from './server-machine.ts'
import { createSim } from './sim.ts'
import { historyOf } from './world.ts'

/** The file every seed begins with: all parties entered, a few bonds agreed. */
export async function makeTemplate(folder: string): Promise<string> {
  const file = join(folder, 'template.sqlite')
  const sim = createSim(0, false)
  const server = createServerMachine(sim, file, () => undefined)
  await server.boot()
  const at = '2026-11-20T09:00:00.000Z'
  await server.during((house) => {
    for (const { actor, changes } of historyOf(at)) house.execute.record(actor, at, changes).catch(sim.fail)
  })
  await sim.timeline.runUntil(10_000)
  server.close()
  if (sim.failures.length > 0) throw new Error(sim.failures.join('\n'))
  return file
}
