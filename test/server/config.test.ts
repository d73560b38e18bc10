import { expect, test } from 'vitest'
import { ConfigProblems, readConfig } from '#server/config.ts'

const smtp = { SMTP_URL: 'smtp://127.0.0.1:2525' }

function problemsOf(work: () => unknown): readonly string[] {
  try {
    work()
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems
    throw error
  }
  throw new Error('no problems')
}

test('without settings the house listens on loopback and keeps its data beside it', () => {
  const config = readConfig(smtp)
  expect(config).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    dataDir: './data',
    publicUrl: null,
    logLevel: 'info',
  })
})

test('an empty value is the same as none', () => {
  expect(readConfig({ ...smtp, PORT: '', PUBLIC_URL: '', DATABASE_URL: '' }).port).toBe(8080)
})

test('port 0 is a port', () => {
  expect(readConfig({ ...smtp, PORT: '0' }).port).toBe(0)
})

test('every problem is named at once, and no value is repeated', () => {
  const problems = problemsOf(() =>
    readConfig({
      PORT: '99999',
      HOST: 'a b',
      PUBLIC_URL: 'ftp://handslag.example',
      DATABASE_URL: 'postgres://kansli:canary-secret@db/handslag',
      LOG_LEVEL: 'loud',
      MAIL_FROM: 'a@b\r\nBcc: c@d',
      TRUST_PROXY: 'yes',
      DEMO_NOW: '2026-11-23T09:00:00Z',
    }),
  )
  const names = problems.map((problem) => problem.split(':')[0])
  expect(names.toSorted((one = '', other = '') => one.localeCompare(other))).toEqual([
    'DATABASE_URL',
    'DEMO_NOW',
    'HOST',
    'LOG_LEVEL',
    'MAIL_FROM',
    'PORT',
    'PUBLIC_URL',
    'SMTP_URL',
    'TRUST_PROXY',
  ])
  expect(problems.join()).not.toContain('canary-secret')
  expect(problems.join()).toContain('PostgreSQL is not available yet')
})

test('the demo needs no mail server, and its calendar can be set', () => {
  const config = readConfig({ DEMO_NOW: '2026-11-23T09:00:00+01:00' }, { demo: true })
  expect(config).toMatchObject({ demo: true, smtpUrl: null, demoNow: '2026-11-23T08:00:00Z' })
  expect(readConfig({ DEMO_NOW: '2026-11-23T09:00' }, { demo: true }).demoNow).toBe('2026-11-23T08:00:00Z')
  expect(problemsOf(() => readConfig({ DEMO_NOW: 'soon' }, { demo: true }))).toHaveLength(1)
})

test('the public address is an origin, written in any case', () => {
  expect(readConfig({ ...smtp, PUBLIC_URL: 'https://Handslag.Example/' }).publicUrl).toBe(
    'https://handslag.example',
  )
  for (const url of [
    'https://handslag.example/app',
    'https://a:b@handslag.example',
    'handslag.example',
    'https://x?y',
  ]) {
    expect(problemsOf(() => readConfig({ ...smtp, PUBLIC_URL: url }))).toHaveLength(1)
  }
})

test('settings of sign-in ways that have not landed are passed over', () => {
  expect(readConfig({ ...smtp, OIDC_ISSUER: 'https://issuer.example' }).smtpUrl).toBe(smtp.SMTP_URL)
})
