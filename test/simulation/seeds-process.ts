import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { replaceGlobals } from './globals.ts'
import { hookLoading } from './load-hooks.ts'
import { mutants } from './mutants.ts'

/**
 * A process that runs seeds and says what came of each, a line of JSON apiece: `--from 1 --to 300 [--every 2] [--mutant NAME]
 * [--until-failure] [--within MS] [--verbose]`.
 */
const option = (name: string) => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? undefined : (process.argv[at + 1] ?? '')
}
const has = (name: string) => process.argv.includes(`--${name}`)

const started = Date.now()
const realNow = Date.now
const mutant = mutants.find(({ name }) => name === option('mutant'))
if (mutant === undefined && has('mutant')) throw new Error(`no mutant ${option('mutant')}`)
hookLoading(mutant)
replaceGlobals()
const { runSeed } = await import('./run-seed.ts')
const { makeTemplate } = await import('./template.ts')
// What the client loads when it needs it must not come at the machine's own pace.
await import('#client/core/dispatch.ts')
await import('#client/sync/open-documents.ts')

let unheard: unknown
process.on('unhandledRejection', (fault) => {
  unheard ??= fault
})
process.setMaxListeners(0)
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'handslag-simulation-'))
try {
  const template = await makeTemplate(folder)
  const limit = Number(option('within') ?? Infinity)
  for (
    let seed = Number(option('from') ?? 1);
    seed <= Number(option('to') ?? 1);
    seed += Number(option('every') ?? 1)
  ) {
    if (realNow() - started > limit) break
    const result = await runSeed(seed, folder, template, has('verbose'))
    const failures =
      unheard === undefined
        ? result.failures
        : [...result.failures, `unheard: ${String((unheard as Error).stack)}`]
    unheard = undefined
    process.stdout.write(`${JSON.stringify({ ...result, failures })}\n`)
    if (failures.length > 0 && has('until-failure')) break
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
