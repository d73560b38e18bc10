import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The built house as a process of its own, as people start it: killed and started again on the same port and data. */
export interface DemoServer {
  readonly url: string
  /** kill -9. */
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
  readonly end: () => Promise<void>
}

const top = join(import.meta.dirname, '..', '..')

export async function startDemoServer(main = 'server/demo/main.ts'): Promise<DemoServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'handslag-demo-'))
  let port = '0'
  let url = ''
  let child: ChildProcess | undefined

  async function start(): Promise<void> {
    child = spawn('node', [main, '--built'], {
      cwd: top,
      env: { ...process.env, PORT: port, DATA_DIR: dataDir, DEMO_NOW: '2026-11-23T08:00:00Z' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const started = child
    url = await new Promise<string>((resolve, reject) => {
      let printed = ''
      started.stdout?.on('data', (chunk: Buffer) => {
        printed += chunk.toString('utf8')
        const found = /listening on (http:\/\/\S+)/.exec(printed)?.[1]
        if (found !== undefined) resolve(found)
      })
      started.once('exit', (code) => reject(new Error(`the demo ended with ${String(code)}: ${printed}`)))
    })
    port = new URL(url).port
  }

  async function kill(): Promise<void> {
    const running = child
    child = undefined
    if (running === undefined || running.exitCode !== null) return
    running.removeAllListeners('exit')
    running.kill('SIGKILL')
    await once(running, 'exit')
  }

  await start()
  return {
    get url() {
      return url
    },
    start,
    kill,
    async end() {
      await kill()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
