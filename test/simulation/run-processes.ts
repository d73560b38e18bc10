import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { SeedResult } from './run-seed.ts'

const script = fileURLToPath(new URL('./seeds-process.ts', import.meta.url))

/** Runs seeds in a process of their own, since it replaces the machine's clock and dice; gives each result as it comes. */
export async function runProcess(
  options: readonly string[],
  onResult: (result: SeedResult) => void,
): Promise<void> {
  const child = spawn(process.execPath, [script, ...options], { stdio: ['ignore', 'pipe', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (bytes: Buffer) => {
    complaint = `${complaint}${bytes.toString()}`.slice(0, 4000)
  })
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve)
  })
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{"seed"')) onResult(JSON.parse(line) as SeedResult)
    else console.log(line)
  }
  const code = await ended
  if (code !== 0) throw new Error(`the simulator ended with ${code}: ${complaint}`)
}

/** Seeds from first to last, shared by as many processes as there are cores to spare. */
export async function runSeeds(
  first: number,
  last: number,
  processes: number,
  options: readonly string[] = [],
  onResult: (result: SeedResult) => void = () => undefined,
): Promise<readonly SeedResult[]> {
  const results: SeedResult[] = []
  const range = (n: number) => [
    '--from',
    String(first + n),
    '--to',
    String(last),
    '--every',
    String(processes),
  ]
  await Promise.all(
    Array.from({ length: processes }, (_, n) =>
      runProcess([...range(n), ...options], (result) => {
        results.push(result)
        onResult(result)
      }),
    ),
  )
  return results.toSorted((one, other) => one.seed - other.seed)
}

/** The first seed, counted from one, at which a mutant is found; undefined when it lives. */
export async function killMutant(name: string, withinSeeds: number): Promise<SeedResult | undefined> {
  let found: SeedResult | undefined
  const options = ['--mutant', name, '--from', '1', '--to', String(withinSeeds), '--until-failure']
  await runProcess(options, (result) => {
    if (result.failures.length > 0) found = result
  })
  return found
}

/** Works through a list with so many at once. */
export async function inTurns<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  let next = 0
  const worker = async () => {
    for (;;) {
      const mine = next
      next += 1
      const item = items[mine]
      if (item === undefined) return
      results[mine] = await work(item)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}

export function sumOf(results: readonly SeedResult[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {}
  for (const { counts } of results) {
    for (const [what, count] of Object.entries(counts)) sums[what] = (sums[what] ?? 0) + count
  }
  return sums
}
