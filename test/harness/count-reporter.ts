import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

/** Where a run leaves its counts for whoever started several of them. */
export const countsFile = 'HANDSLAG_COUNTS_FILE'

/** Writes down how many passed, failed and were skipped. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts: Counts = { passed: 0, failed: errors.length, skipped: 0 }
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed' || state === 'failed' || state === 'skipped') counts[state] += 1
      }
      if (module.errors().length > 0) counts.failed += 1
    }
    const file = process.env[countsFile]
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts))
  }
}

// The runner loads a reporter by its default export.
// oxlint-disable-next-line import/no-default-export
export default CountReporter
