import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { acquireDataDir, databaseFile } from '../backup/data-dir.ts'
import { removeDatabase } from '../backup/file-moves.ts'
import { demoClock, realClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { createLog } from '../log.ts'
import { explainStartFailure, run, stopOnSignal } from '../run.ts'
import { fillDemo } from './fill.ts'
import { createMailbox } from './mailbox.ts'

const top = join(import.meta.dirname, '..', '..')

try {
  const config = readConfig({ LOG_LEVEL: 'warn', ...process.env }, { demo: true })
  if (process.argv.includes('--fresh')) startOver(config.dataDir)
  // `--built`: the app stands as it is to be tried.
  if (!process.argv.includes('--built')) build()
  const log = createLog(config.logLevel)
  const clock = config.demoNow === null ? realClock() : demoClock(config.demoNow)
  const mailbox = createMailbox({ now: clock.now })
  const running = await run({
    config,
    clock,
    log,
    mailer: mailbox,
    routes: [mailbox.routes],
    prepare: (house, store) => fillDemo(house, store, clock),
  })
  stopOnSignal(running, log)
  const { url } = running.listening.address
  console.log(`Sign in as anyone of the demo world, e.g. p01@example.test; the code is in ${url}/dev/mailbox`)
  console.log(`Handslag is listening on ${url}`)
} catch (fault) {
  console.error(explainStartFailure(fault))
  process.exit(1)
}

/** Only the house's own files, and only when nobody lives in them: DATA_DIR may have been mistyped. */
function startOver(dataDir: string): void {
  const lock = acquireDataDir(dataDir)
  removeDatabase(databaseFile(dataDir))
  lock.release()
}

/** The app is built when it has not been, when its sources are younger, or when asked to start over. */
function build(): void {
  const built = join(top, 'dist', 'index.html')
  const isCurrent =
    existsSync(built) && statSync(built).mtimeMs > youngest(join(top, 'client'), join(top, 'shared'))
  if (isCurrent && !process.argv.includes('--fresh')) return
  const result = spawnSync('npm', ['run', 'build'], {
    cwd: top,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (result.status !== 0) throw new Error('The app could not be built; see above.')
}

function youngest(...folders: readonly string[]): number {
  let newestMs = 0
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) newestMs = Math.max(newestMs, statSync(join(entry.parentPath, entry.name)).mtimeMs)
    }
  }
  return newestMs
}
