import { cpus } from 'node:os'
import { clientSection } from './sections/client.ts'
import { commandsSection } from './sections/commands.ts'
import { latencySection } from './sections/latency.ts'
import { memorySection } from './sections/memory.ts'
import { sizeSection } from './sections/size.ts'
import { syncSection } from './sections/sync.ts'

/** Measures beside peers in the same run and prints ratios. Nothing here asserts milliseconds: machines differ. */
const sections: Readonly<Record<string, () => Promise<void>>> = {
  commands: commandsSection,
  latency: latencySection,
  sync: syncSection,
  client: clientSection,
  memory: memorySection,
  size: sizeSection,
}

const asked = process.argv.slice(2).filter((name) => name !== '--stored')
const unknown = asked.filter((name) => !Object.hasOwn(sections, name))
if (unknown.length > 0) {
  console.error(`No section ${unknown.join(', ')}. There are: ${Object.keys(sections).join(', ')}`)
  process.exit(1)
}
console.log(`node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`)
try {
  for (const [name, section] of Object.entries(sections)) {
    if (asked.length === 0 || asked.includes(name)) await section()
  }
  process.exit(0)
} catch (fault) {
  console.error(fault)
  process.exit(1)
}
