import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const top = join(import.meta.dirname, '..', '..', '..')

/** What the app weighs before its first lazy route; the same check that fails a build. */
export function sizeSection(): Promise<void> {
  if (!existsSync(join(top, 'dist', 'index.html'))) {
    console.log('\nSize: nothing built yet; run `npm run build` first.')
    return Promise.resolve()
  }
  const checked = spawnSync(process.execPath, [join(top, 'test', 'bench', 'size-check.ts')], {
    stdio: 'inherit',
  })
  if (checked.status !== 0) throw new Error('the size check failed')
  return Promise.resolve()
}
