import { readFileSync } from 'node:fs'
import { openProfile } from './profile.ts'
import { watchDrawing } from './watch-drawing.ts'
const inst = JSON.parse(readFileSync(`/tmp/cb/inst-${process.argv[2]}.json`, 'utf8'))
const url = process.argv[3] === 'peer' ? inst.peer : inst.ours
const min = Number(process.argv[4] ?? 3)
const { context, page } = await openProfile(inst.profile)
await page.addInitScript(watchDrawing, inst.rows)
const cdp = await context.newCDPSession(page)
const events: any[] = []
cdp.on('Tracing.dataCollected', ({ value }) => events.push(...value))
await cdp.send('Tracing.start', {
  transferMode: 'ReportEvents',
  traceConfig: {
    includedCategories: [
      'devtools.timeline',
      'v8',
      'blink.user_timing',
      'toplevel',
      'disabled-by-default-v8.compile',
      'devtools.timeline.v8',
    ],
  },
} as any)
await page.goto(url, { waitUntil: 'commit' })
await page.waitForFunction(() => (globalThis as any).watched.allMs)
const info = await page.evaluate(() => ({
  w: (globalThis as any).watched,
  origin: performance.timeOrigin,
  nav: (performance.getEntriesByType('navigation')[0] as any).toJSON(),
  marks: performance.getEntriesByType('mark').map((m) => Math.round(m.startTime) + ' ' + m.name),
  paints: performance.getEntriesByType('paint').map((m) => Math.round(m.startTime) + ' ' + m.name),
  res: performance
    .getEntriesByType('resource')
    .map(
      (r: any) =>
        `${Math.round(r.startTime)}-${Math.round(r.responseEnd)} ${r.name.split('/').pop()} ${r.transferSize}`,
    ),
}))
const done = new Promise((ok) => cdp.once('Tracing.tracingComplete', ok))
await cdp.send('Tracing.end')
await done
console.log('drawn', info.w.drawnMs, 'all', info.w.allMs)
const n = info.nav
console.log(
  'nav: worker',
  n.workerStart,
  'fetch',
  n.fetchStart,
  'resp',
  n.responseStart,
  n.responseEnd,
  'dcl',
  n.domContentLoadedEventEnd,
  info.paints,
)
console.log(info.res.join('\n'))
console.log(info.marks.join('\n'))
const navStart =
  events
    .filter((e) => e.name === 'navigationStart' && e.args?.data?.documentLoaderURL?.startsWith(url))
    .at(-1) ?? events.filter((e) => e.name === 'navigationStart').at(-1)
const pid = navStart.pid,
  tid = navStart.tid,
  t0 = navStart.ts
for (const e of events
  .filter(
    (e) =>
      e.pid === pid &&
      e.tid === tid &&
      e.dur > min * 1000 &&
      e.ts > t0 &&
      (e.ts - t0) / 1000 < info.w.allMs + 50,
  )
  .sort((a, b) => a.ts - b.ts)) {
  const d = e.args?.data ?? {}
  console.log(
    ((e.ts - t0) / 1000).toFixed(0).padStart(6),
    (e.dur / 1000).toFixed(1).padStart(7),
    e.tdur ? (e.tdur / 1000).toFixed(1) : '',
    e.name,
    (d.url ?? d.fileName ?? d.functionName ?? e.args?.fileName ?? d.type ?? '').toString().split('/').pop(),
    d.functionName ?? '',
    d.type ?? '',
    e.args?.src_func ?? '',
  )
}
await context.close()
process.exit(0)
