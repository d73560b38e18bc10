import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findOrInstallBrowser } from './harness/browser.ts'
import { countsFile, type Counts } from './harness/count-reporter.ts'

/**
 * `npm test`: types, lint and format; the build with its size check; then every test, those in real browsers by themselves and
 * last. Brings a browser if there is none. Arguments are handed to the test runner: `npm test -- test/shared`.
 */
const only = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'handslag-counts-'))
const total: Counts = { passed: 0, failed: 0, skipped: 0 }

step('types, lint, format', 'npm', ['run', '--silent', 'check'])
step('build', 'npm', ['run', '--silent', 'build'])
findOrInstallBrowser()
runTests('node')
runTests('browser')
rmSync(folder, { recursive: true, force: true })

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)

function step(name: string, command: string, args: readonly string[]): void {
  console.log(`\n— ${name}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) process.exit(status ?? 1)
}

function runTests(project: string): void {
  console.log(`\n— tests: ${project}`)
  const file = join(folder, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=./test/harness/count-reporter.ts']
  const { status } = spawnSync(
    'npx',
    ['vitest', 'run', '--project', project, '--passWithNoTests', ...reporters, ...only],
    {
      stdio: 'inherit',
      shell: process.platform === 'win32',
      env: { ...process.env, [countsFile]: file },
    },
  )
  const counts = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Counts) : null
  total.passed += counts?.passed ?? 0
  total.skipped += counts?.skipped ?? 0
  // A run that broke before it could count has failed, whatever it counted.
  total.failed += counts === null || (status !== 0 && counts.failed === 0) ? 1 : counts.failed
}
