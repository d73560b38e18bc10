import { spawnSync } from 'node:child_process'
import { findOrInstallBrowser } from './harness/browser.ts'

/**
 * `npm test`: types, lint and format; the build with its size check; then every test. Brings a browser if there is none.
 * Arguments are handed to the test runner: `npm test -- test/shared`.
 */
const only = process.argv.slice(2)

step('types, lint, format', 'npm', ['run', '--silent', 'check'])
step('build', 'npm', ['run', '--silent', 'build'])
findOrInstallBrowser()
step('tests', 'npx', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=./test/harness/count-reporter.ts',
  ...only,
])

function step(name: string, command: string, args: readonly string[]): void {
  console.log(`\n— ${name}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) process.exit(status ?? 1)
}
