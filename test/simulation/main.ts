import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { mutants } from './mutants.ts'
import { inTurns, killMutant, runProcess, runSeeds, sumOf } from './run-processes.ts'
import type { SeedResult } from './run-seed.ts'

/**
 * `npm run simulate`: the whole house in bad weather, 2,000 seeds from a fresh place unless told otherwise.
 *   -- --seed 123 --verbose    one run, every event of it
 *   -- --seeds 500 --from 1    these
 *   -- --minutes 10            as many as there is time for
 *   -- --mutants               the seeded faults, each with the seed that finds it
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    from: { type: 'string' },
    minutes: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    mutant: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
})
const processes = Math.max(1, Math.min(8, availableParallelism()))

if (values.mutants || values.mutant !== undefined) await huntMutants()
else if (values.seed !== undefined) await runOne(values.seed)
else await runMany()

async function runOne(seed: string): Promise<void> {
  const options = ['--from', seed, '--to', seed, ...(values.verbose ? ['--verbose'] : [])]
  await runProcess(options, (result) => {
    if (result.failures.length === 0) console.log(`seed ${seed} holds, trace ${result.traceHash}`)
    else complain(result)
  })
}

async function runMany(): Promise<void> {
  // The fixed block of `npm test` starts at 1; here each day has its own.
  const from = Number(values.from ?? 100_000 + (Math.trunc(Date.now() / 1000) % 1_000_000) * 1000)
  const minutes = values.minutes === undefined ? undefined : Number(values.minutes)
  const count = minutes === undefined ? Number(values.seeds ?? 2000) : 1_000_000
  const within = minutes === undefined ? [] : ['--within', String(minutes * 60_000)]
  const startedMs = performance.now()
  let done = 0
  let complaints = 0
  const results = await runSeeds(from, from + count - 1, processes, within, (result) => {
    done += 1
    if (result.failures.length > 0) complain(result)
    // One fault in the house makes a thousand seeds fail; the first say enough.
    if (result.failures.length > 0 && ++complaints >= 20) process.exit(1)
    if (done % 100 === 0) console.log(`${done} seeds`)
  })
  const seconds = (performance.now() - startedMs) / 1000
  const failing = results.filter(({ failures }) => failures.length > 0)
  console.log(`seeds ${from}–${from + results.length - 1}: ${results.length}, failing ${failing.length}`)
  console.log(`${seconds.toFixed(0)} s, ${(results.length / seconds).toFixed(1)} seeds/s`)
  for (const [what, sum] of Object.entries(sumOf(results))) console.log(`  ${what}: ${sum}`)
  const again = await runSeeds(from, from + Math.min(9, results.length - 1), processes)
  const other = again.filter((result, n) => result.traceHash !== results[n]?.traceHash)
  console.log(`${again.length} seeds run again: ${other.length} with another trace`)
  if (failing.length > 0 || other.length > 0) process.exitCode = 1
}

async function huntMutants(): Promise<void> {
  const hunted = mutants.filter(({ name }) => values.mutant === undefined || name.includes(values.mutant))
  const lives = await inTurns(hunted, processes, async ({ name }) => {
    const killed = await killMutant(name, Number(values.seeds ?? 300))
    console.log(
      killed === undefined
        ? `LIVES: ${name}`
        : `seed ${killed.seed} finds: ${name}\n    ${killed.failures[0]?.slice(0, 160)}`,
    )
    return killed === undefined
  })
  console.log(`${lives.filter((lived) => !lived).length} of ${hunted.length} found`)
  if (lives.includes(true)) process.exitCode = 1
}

function complain({ seed, failures }: SeedResult): void {
  console.log(`seed ${seed} fails; again: npm run simulate -- --seed ${seed} --verbose`)
  for (const failure of failures.slice(0, 5)) console.log(`    ${failure.slice(0, 600)}`)
}
