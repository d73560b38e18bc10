import { fork } from 'node:child_process'
import { join } from 'node:path'
import { awaitCount } from '../arrivals.ts'
import { ownCpu, startChild } from '../child.ts'
import { openProviderDevice } from '../peer/provider-device.ts'
import type { PeerReady, PeerTask } from '../peer/server.ts'
import type { SaidToWriters, WritersDone } from '../peer/writers.ts'
import { temporaryFolder } from '../temporary.ts'
import { companiesOf, unanswered, type Mix } from './commands-plan.ts'
import type { Runner } from './commands.ts'

const valueBytes = 260

/**
 * Hocuspocus as its users run it: writers are its own providers (in a process of their own), each with its Y.Doc; the reader is
 * a provider too. What is open receives and applies everything, which with many writers of one document is the most of the load.
 */
export async function startProviders(mix: Mix, perRound: number): Promise<Runner> {
  const server = await startChild<PeerReady>('peer/server.ts', {
    folder: temporaryFolder(),
    debounceMs: null,
  } satisfies PeerTask)
  const { port } = server.ready
  const writers = await startWriters(port, mix.writers)
  const reader = openProviderDevice(port)
  const count = awaitCount()
  const watched = new Set<string>()
  const value = 'x'.repeat(valueBytes)

  return {
    async round(round) {
      const names = mix.accounts.map((_, writer) =>
        companiesOf(mix, writer, round).map((company) => `contacts-${company}`),
      )
      const documents = [...new Set(names.flat())]
      await reader.open(documents)
      for (const name of documents) {
        if (watched.has(name)) continue
        watched.add(name)
        reader
          .docOf(name)
          .getMap('entries')
          .observe((event) => count.add(event.keysChanged.size))
      }
      const each = Math.ceil(perRound / mix.writers / (names[0]?.length ?? 1))
      const total = names.reduce((sum, list) => sum + list.length * each, 0)
      await writers.ask({ open: { names, each, prefix: `contact:${round}-`, value } })
      count.reset()
      const cpuMs = await server.cpuMs()
      const load = ownCpu()
      const startedMs = performance.now()
      const [done] = await Promise.all([writers.ask<WritersDone>('go'), count.reach(total)])
      const ms = performance.now() - startedMs
      const loadMs = Math.max(load.since(), done.cpuMs)
      return {
        perSecond: (total * 1000) / ms,
        cpuUs: (((await server.cpuMs()) - cpuMs) * 1000) / total,
        loadShare: loadMs / ms,
      }
    },
    async stop() {
      reader.close()
      writers.stop()
      await server.stop()
    },
  }
}

interface Writers {
  readonly ask: <T>(what: SaidToWriters) => Promise<T>
  readonly stop: () => void
}

async function startWriters(port: number, writers: number): Promise<Writers> {
  const child = fork(join(import.meta.dirname, '../peer/writers.ts'), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`the writers ended with ${String(code)}`)))
  })
  ended.catch(() => undefined)
  const ask = <T>(what: SaidToWriters) => {
    const answer = new Promise<T>((resolve) => child.once('message', (said) => resolve(said as T)))
    child.send(what)
    return Promise.race([answer, ended])
  }
  await ask({ task: { port, writers, unanswered } })
  return { ask, stop: () => child.send('stop') }
}
