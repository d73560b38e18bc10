import { existsSync, mkdirSync } from 'node:fs'
import { median } from '../statistics.ts'
import { buildApp, buildPeer } from './build-pages.ts'
import { coldStarts } from './cold-start.ts'
import { install } from './installed.ts'
const n = Number(process.argv[2])
const rounds = Number(process.argv[3] ?? 5)
let t = performance.now()
const lap = (s: string) => {
  console.log(s, Math.round(performance.now() - t))
  t = performance.now()
}
const pages = { app: await buildApp(), peer: await buildPeer() }
lap('build')
mkdirSync(`/tmp/cb/data-${n}`, { recursive: true })
const inst = await install(pages, n, `/tmp/cb/data-${n}`)
lap('install')
const r = await coldStarts(inst, rounds)
lap('rounds')
for (const who of ['ours', 'peer'] as const)
  for (const k of ['drawnMs', 'allMs', 'longestBefore', 'longestAfter'] as const)
    console.log(
      who,
      k,
      Math.round(median(r[who].map((d) => d[k]))),
      r[who].map((d) => Math.round(d[k])).join(' '),
    )
console.log('ratio', (median(r.ours.map((d) => d.drawnMs)) / median(r.peer.map((d) => d.drawnMs))).toFixed(2))
process.exit(0)
