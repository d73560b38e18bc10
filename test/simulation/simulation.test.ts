import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { mutants } from './mutants.ts'
import { inTurns, killMutant, runSeeds, sumOf } from './run-processes.ts'

const processes = Math.max(1, Math.min(4, availableParallelism()))
const seeds = 300
const frequent = mutants.filter(({ rare }) => rare !== true)
const shown = (failures: readonly string[]) => failures.map((failure) => failure.slice(0, 500))

describe('the whole house in bad weather', { timeout: 600_000 }, () => {
  it('keeps every promise in 300 runs of lost calls, dead links, crashes, long nights and lost roles (K1, K3, K15, V2, D5, D15)', async () => {
    const results = await runSeeds(1, seeds, processes)
    const failing = results.filter(({ failures }) => failures.length > 0)
    expect(failing.map(({ seed, failures }) => ({ seed, failures: shown(failures) }))).toEqual([])
    expect(results).toHaveLength(seeds)
    // Nothing has been proven by runs in which nothing happened.
    const sums = sumOf(results)
    expect(sums['commands']).toBeGreaterThan(50 * seeds)
    for (const what of [
      'server crashes',
      'server crashes before commit',
      'server crashes after commit',
      'commits failed',
      'device crashes',
      'purges',
    ])
      expect({ what, often: (sums[what] ?? 0) > seeds }).toEqual({ what, often: true })
  })

  it('runs the same twice from the same seed', async () => {
    const [one, other] = [await runSeeds(7, 10, processes), await runSeeds(7, 10, 1)]
    expect(other.map(({ traceHash }) => traceHash)).toEqual(one.map(({ traceHash }) => traceHash))
    expect(new Set(one.map(({ traceHash }) => traceHash)).size).toBe(one.length)
  })

  it('finds each of the faults put into it, so that its silence means something', async () => {
    const found = await inTurns(frequent, processes, async ({ name }) => ({
      name,
      seed: (await killMutant(name, seeds))?.seed,
    }))
    expect(found.filter(({ seed }) => seed === undefined)).toEqual([])
    expect(found.length).toBeGreaterThanOrEqual(12)
  })
})
