import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { buildApp, buildPeer } from './build-pages.ts'
import { install } from './installed.ts'
const n = Number(process.argv[2]),
  tag = process.argv[3]
mkdirSync(`/tmp/cb/data-${n}`, { recursive: true })
const inst = await install({ app: await buildApp(), peer: await buildPeer() }, n, `/tmp/cb/data-${n}`)
const profile = `/tmp/cb/profile-${n}-${tag}`
rmSync(profile, { recursive: true, force: true })
cpSync(inst.profile, profile, { recursive: true })
writeFileSync(`/tmp/cb/inst-${n}-${tag}.json`, JSON.stringify({ ...inst, profile }))
process.exit(0)
