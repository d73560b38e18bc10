import { readdirSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Edit, Mutant } from './mutants.ts'

const here = (file: string) => pathToFileURL(fileURLToPath(new URL(file, import.meta.url))).href
const root = fileURLToPath(new URL('../../', import.meta.url))

const serverFiles = pathToFileURL(`${root}server/`).href

/** What the house stands on outside of itself, and what the simulator gives it instead. */
const instead: Readonly<Record<string, string>> = {
  ws: here('./simulated-ws.ts'),
  uuid: here('./seeded-uuid.ts'),
  dexie: here('./simulated-dexie.ts'),
}

/**
 * Before anything of the house is loaded: its outermost neighbours are replaced, and, to prove that the checks can fail, one
 * fault is put into the text of its files as they are read. The files themselves stay as they are.
 */
export function hookLoading(mutant: Mutant | undefined): void {
  const sources = new Map<string, string>()
  for (const edit of mutant?.edits ?? []) put(sources, edit)
  registerHooks({
    resolve(specifier, context, next) {
      const ofServer = specifier === 'node:crypto' && context.parentURL?.startsWith(serverFiles) === true
      const replaced = ofServer ? here('./seeded-crypto.ts') : instead[specifier]
      if (replaced === undefined) return next(specifier, context)
      return { url: replaced, shortCircuit: true, format: 'module-typescript' }
    },
    load(url, context, next) {
      const source = sources.get(url)
      return source === undefined
        ? next(url, context)
        : { format: 'module-typescript', source, shortCircuit: true }
    },
  })
}

/** Spaces and line breaks do not matter, nor in which file of the folder it stands; what else changed a person must look at. */
function put(sources: Map<string, string>, edit: Edit): void {
  const words = edit.find.trim().split(/\s+/)
  const pattern = new RegExp(words.map(literally).join('\\s+'), 'g')
  const found: string[] = []
  for (const file of readdirSync(root + edit.folder)) {
    const path = `${root}${edit.folder}/${file}`
    if (!file.endsWith('.ts')) continue
    const url = pathToFileURL(path).href
    const source = sources.get(url) ?? readFileSync(path, 'utf8')
    for (const _ of source.matchAll(pattern)) found.push(url)
    if (found.at(-1) === url)
      sources.set(
        url,
        source.replace(pattern, () => edit.put),
      )
  }
  if (found.length !== 1)
    throw new Error(`a mutant's text stands ${found.length} times in ${edit.folder}: ${edit.find}`)
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
