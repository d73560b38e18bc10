// What a person downloads before the first page can be drawn. Too much fails the build.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

const maxScriptKb = 90
const maxStyleKb = 15
const dist = join(import.meta.dirname, '..', '..', 'dist')

const chunks = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Readonly<
  Record<string, Chunk>
>
const scripts = new Set<string>()
const styles = new Set<string>()
collect('index.html')

/** The static imports of the entry: dynamic ones are the lazy routes, languages and Yjs, and come later. */
function collect(key: string): void {
  const chunk = chunks[key]
  if (chunk === undefined) throw new Error(`${key} is not in the build; is dist/ current?`)
  if (scripts.has(chunk.file)) return
  scripts.add(chunk.file)
  for (const style of chunk.css ?? []) styles.add(style)
  for (const imported of chunk.imports ?? []) collect(imported)
}

function gzipKb(files: ReadonlySet<string>): number {
  let bytes = 0
  for (const file of files) {
    const size = gzipSync(readFileSync(join(dist, file)), { level: 9 }).byteLength
    console.log(`  ${(size / 1000).toFixed(1).padStart(6)} kB  ${file}`)
    bytes += size
  }
  return bytes / 1000
}

console.log('Before the first lazy route, gzip:')
const scriptKb = gzipKb(scripts)
const styleKb = gzipKb(styles)
const fits = scriptKb <= maxScriptKb && styleKb <= maxStyleKb
console.log(
  `JavaScript ${scriptKb.toFixed(1)} of ${maxScriptKb} kB, CSS ${styleKb.toFixed(1)} of ${maxStyleKb} kB: ${fits ? 'fits' : 'TOO LARGE'}`,
)
process.exit(fits ? 0 : 1)
