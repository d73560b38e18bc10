import { systemActor } from '#shared/access/actor.ts'
import type { Clock } from '../clock.ts'
import type { ServerHouse } from '../house.ts'
import type { OpenStore } from '../store/open-store.ts'
import { demoWorld } from './world.ts'

/** Writes the demo world into an empty store, as history with its own dates. Does nothing to a store that has been lived in. */
export async function fillDemo(house: ServerHouse, store: OpenStore, clock: Clock): Promise<void> {
  if (store.db.prepare('SELECT 1 FROM journal LIMIT 1').get() !== undefined) return
  await Promise.all(
    demoWorld(clock.today()).map(({ at, change }) => house.execute.record(systemActor, at, [change])),
  )
}
