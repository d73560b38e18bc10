import type { Reporter, TestModule } from 'vitest/node'

/** Ends a run with its count in one plain line. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 }
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed' || state === 'failed' || state === 'skipped') counts[state] += 1
      }
      if (module.errors().length > 0) counts.failed += 1
    }
    process.on('exit', () => {
      const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
      console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`)
    })
  }
}

// The runner loads a reporter by its default export.
// oxlint-disable-next-line import/no-default-export
export default CountReporter
