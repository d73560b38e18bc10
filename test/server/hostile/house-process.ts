import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

/** A house in a process of its own. */
export interface HouseProcess {
  readonly url: string
  /** From the start of the process to the first 200 of /readyz. */
  readonly readyMs: number
  readonly kill: (signal: NodeJS.Signals) => void
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export async function startProcess(dataDir: string): Promise<HouseProcess> {
  const started = performance.now()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'house-main.ts')], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let said = ''
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(child)
      resolve({ code, signal })
    })
  })
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      const found = /listening on (\S+)/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void ended.then(({ code }) => reject(new Error(`ended with ${code}: ${said}`)))
  })
  for (;;) {
    const answer = await fetch(`${url}/readyz`)
    await answer.body?.cancel()
    if (answer.status === 200) break
  }
  return { url, readyMs: performance.now() - started, kill: (signal) => void child.kill(signal), ended }
}
