import { expect, test } from 'vitest'
import { listeningLog } from './small-house.ts'

test('a line carries only what is on the list, whoever passes more', () => {
  const log = listeningLog()
  const fields = {
    route: '/api/session',
    status: 200,
    email: 'p06@example.test',
    body: { name: 'Erik Åkesson' },
  }
  log.info('request', fields)
  const [line] = log.lines()
  expect(Object.keys(line!).sort()).toEqual(['at', 'level', 'msg', 'route', 'status'])
})

test('what looks like an address or a personal number is masked even in an allowed field', () => {
  const log = listeningLog()
  for (const code of ['p06@example.test', '19980228-2393', '199802282393', '140288-902E', '15837510047']) {
    log.warn('odd', { code })
  }
  expect(log.lines().map((line) => line['code'])).toEqual(Array(5).fill('[masked]'))
})

test('a fault tells where it broke and its reference, never what it choked on', () => {
  const log = listeningLog()
  const reference = log.fault(
    'fault',
    new TypeError('cannot read Erik Åkesson 19980228-2393\n    at p06@example.test'),
  )
  const [line] = log.lines()
  expect(line).toMatchObject({ error: 'TypeError', reference, level: 'error' })
  expect((line!['where'] as string[])[0]).toContain('log.test.ts')
  expect(log.raw()).not.toMatch(/Erik|2393|p06@/)
  expect(reference).toMatch(/^[0-9a-f]{10}$/)
})

test('a reference cannot be overwritten by who calls', () => {
  const log = listeningLog()
  const reference = log.fault('fault', 'text with 19980228-2393', { reference: 'mine' })
  expect(log.lines()[0]).toMatchObject({ reference, error: 'string' })
  expect(log.raw()).not.toContain('2393')
})
