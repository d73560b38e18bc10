import { describe, expect, test } from 'vitest'
import { checkCommands } from '#server/commands/check.ts'
import { commandDefinitions } from '#shared/commands.ts'
import { party } from '../../harness/start-house.ts'
import { journalLength, withHouse } from '../../scenarios/with-house.ts'
import { at, inputOf, jsonWith, jsonWithMember, pathsOf, rightValues } from './schema-values.ts'

const secret = 'Hemlig 19980228-2393'
const envelope = {
  id: '0190163d-8694-739b-aea5-966c26f8ad90',
  seq: 1,
  as: 'party',
  version: 1,
  basis: {},
  madeAt: '2026-11-23T09:00:00Z',
}

function bodyOf(type: string, inputJson: string): string {
  const head = JSON.stringify({ ...envelope, type }).slice(0, -1)
  return `{"device":"${envelope.id}","commands":[${head},"input":${inputJson}}]}`
}

const examples = commandDefinitions.flatMap((definition) =>
  rightValues(inputOf(definition)).map((input) => ({ type: definition.type, input })),
)

describe.each(commandDefinitions.map(({ type }) => type))('%s', (type) => {
  const own = examples.filter((example) => example.type === type)

  test('is let through when every field is right, as a plain copy', () => {
    for (const { input } of own) {
      const checked = checkCommands(JSON.parse(bodyOf(type, JSON.stringify(input))))
      expect(checked).toMatchObject({ ok: true })
    }
  })

  test('[K12] no key that was not declared gets through, wherever it stands', () => {
    const members = [
      '"__proto__":{"administrator":true}',
      '"constructor":{"prototype":{"administrator":true}}',
      '"prototype":{"administrator":true}',
      '"toString":"x"',
      '"administrator":true',
      '"":1',
    ]
    let tried = 0
    for (const { input } of own) {
      for (const path of pathsOf(input)) {
        const place = at(input, path)
        if (typeof place !== 'object' || place === null) continue
        for (const member of members) {
          const json = jsonWith(input, path, jsonWithMember(place, member))
          const checked = checkCommands(JSON.parse(bodyOf(type, json)))
          tried += 1
          if (!checked.ok) continue
          // Stripped is as good as refused: the rules see own, declared keys on plain objects, and nothing behind them.
          for (const { input: seen } of checked.commands) expectPlain(seen)
        }
      }
    }
    expect(tried).toBeGreaterThanOrEqual(members.length)
    expect(({} as { administrator?: boolean }).administrator).toBeUndefined()
  })

  test('[K5] [K16] a field of the wrong type or length is refused by its name, and its value is not repeated', () => {
    const wrong = [
      'null',
      '[]',
      '{}',
      'true',
      '-1',
      '1e309',
      '""',
      `"${secret}"`,
      `"${secret.repeat(1000)}"`,
      `["${secret}"]`,
    ]
    let refused = 0
    for (const { input } of own) {
      for (const path of pathsOf(input)) {
        for (const json of wrong) {
          const checked = checkCommands(JSON.parse(bodyOf(type, jsonWith(input, path, json))))
          if (checked.ok) {
            for (const { input: seen } of checked.commands) {
              expectPlain(seen)
              // Free text may hold anything, but never without end.
              expect(JSON.stringify(seen).length).toBeLessThan(3000)
            }
            continue
          }
          refused += 1
          expect(checked.field).toMatch(/^commands\.0\.input/)
          expect(checked.field).not.toContain('Hemlig')
        }
      }
    }
    expect(refused).toBeGreaterThan(wrong.length)
  })
})

/** Nothing inherited but what every plain object has. */
function expectPlain(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  for (const key of Object.keys(value)) {
    expect(['__proto__', 'constructor', 'prototype', 'administrator', 'toString', '']).not.toContain(key)
    expectPlain((value as Record<string, unknown>)[key])
  }
}

test('[K5] every field of the envelope, wrong in every way, is refused by its name', () => {
  const input = { id: envelope.id }
  const right = { device: envelope.id, commands: [{ ...envelope, type: 'bond.confirm', input }] }
  expect(checkCommands(right)).toMatchObject({ ok: true })
  const wrong: readonly unknown[] = [
    null,
    [],
    {},
    true,
    -1,
    1.5,
    2 ** 53,
    '',
    secret,
    secret.repeat(500),
    [secret],
  ]
  for (const field of ['id', 'seq', 'as', 'type', 'version', 'madeAt'] as const) {
    for (const value of wrong) {
      if (['as', 'type'].includes(field) && value === secret) continue
      const body = { ...right, commands: [{ ...right.commands[0], [field]: value }] }
      expect(checkCommands(body), `${field} = ${JSON.stringify(value).slice(0, 30)}`).toEqual({
        ok: false,
        field: `commands.0.${field}`,
      })
    }
  }
  for (const value of wrong)
    expect(checkCommands({ ...right, device: value })).toEqual({ ok: false, field: 'device' })
  for (const value of wrong) expect(checkCommands({ ...right, commands: value })).toMatchObject({ ok: false })
  for (const value of wrong) expect(checkCommands(value)).toMatchObject({ ok: false })
  for (const key of ['__proto__', 'constructor', 'prototype', 'account', 'actor']) {
    const body = JSON.parse(
      JSON.stringify(right).replace('"seq":1', `"seq":1,${JSON.stringify(key)}:{"x":1}`),
    ) as unknown
    const checked = checkCommands(body)
    if (checked.ok) expect(Object.getPrototypeOf(checked.commands[0]!.message)).toBe(Object.prototype)
  }
})

describe('a call at the front door', () => {
  test('[K5] that is not the shape gets 400 with the field, and none of it is begun', async () => {
    const house = await withHouse()
    const user = await house.signIn('P06')
    const erik = party('P06')
    const post = (body: string, headers: Record<string, string> = {}) =>
      user.fetch('/api/commands', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      })
    const before = journalLength(house)
    for (const body of [
      '',
      '{',
      '[',
      'null',
      '"text"',
      '{"device":',
      '\u0000',
      '{}',
      '[[[[[[[[',
      '[1e999]',
    ]) {
      const answer = await post(body)
      expect([body, answer.status]).toEqual([body, 400])
      expect(await answer.json()).toMatchObject({ code: 'request/shape' })
    }
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    expect((await post(`{"device":"${user.device}","commands":${deep}}`)).status).toBe(400)

    const right = () => user.message(erik, 'account.choose-locale', { locale: 'en' })
    const bad = { ...right(), input: { locale: secret } }
    const refused = await user.send([right(), bad, right()])
    expect(refused.status).toBe(400)
    const text = await refused.text()
    expect(JSON.parse(text)).toEqual({ code: 'request/shape', field: 'commands.1.input.locale' })
    expect(text).not.toContain('Hemlig')

    expect((await user.send([])).status).toBe(400)
    const tooMany = await user.send(Array.from({ length: 101 }, right))
    expect([tooMany.status, await tooMany.json()]).toEqual([
      400,
      { code: 'request/shape', field: 'commands' },
    ])
    expect(journalLength(house)).toBe(before)
    expect(house.logged()).not.toContain('Hemlig')
    expect((await user.send(Array.from({ length: 100 }, right))).status).toBe(200)
  })

  test('over 256 kB gets 413, announced or not, and one just below is read', async () => {
    const house = await withHouse()
    const user = await house.signIn('P06')
    const body = (bytes: number) => {
      const frame = JSON.stringify({ device: user.device, commands: [user.message('x', 'no.such', '')] })
      return frame.replace('"input":""', `"input":"${'x'.repeat(bytes - frame.length)}"`)
    }
    const post = (text: string | ReadableStream) =>
      user.fetch('/api/commands', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: text,
        duplex: 'half',
      } as RequestInit)
    expect((await post(body(256 * 1024))).status).toBe(200)
    expect((await post(body(256 * 1024 + 1))).status).toBe(413)
    const chunks = new ReadableStream({
      start(controller) {
        const bytes = new TextEncoder().encode(body(400 * 1024))
        for (let from = 0; from < bytes.length; from += 8192)
          controller.enqueue(bytes.subarray(from, from + 8192))
        controller.close()
      },
    })
    expect((await post(chunks)).status).toBe(413)
  })

  test('without a session, or with a stale one, gets 401', async () => {
    const house = await withHouse()
    const user = await house.signIn('P06')
    const body = JSON.stringify({
      device: user.device,
      commands: [user.message(party('P06'), 'account.choose-locale', { locale: 'en' })],
    })
    const headers = { 'content-type': 'application/json' }
    const url = `${house.url}/api/commands`
    const before = journalLength(house)
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(401)
    await user.fetch('/api/session', { method: 'DELETE' })
    expect((await user.fetch('/api/commands', { method: 'POST', headers, body })).status).toBe(401)
    expect(journalLength(house)).toBe(before)
  })

  test('of a device that holds another account than the cookie gets 401: two accounts never mix', async () => {
    const house = await withHouse()
    const [user, other] = [await house.signIn('P06'), await house.signIn('P25')]
    const send = (account: string) =>
      user.fetch('/api/commands', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-account': account },
        body: JSON.stringify({
          device: user.device,
          commands: [user.message(party('P06'), 'account.choose-locale', { locale: 'en' })],
        }),
      })
    expect((await send(other.session.account)).status).toBe(401)
    expect((await send(user.session.account)).status).toBe(200)
  })

  test('too fast gets 429 with the seconds to wait, for that account alone', async () => {
    const house = await withHouse({ limits: { commands: { perMinute: 60, burst: 3 } } })
    const [user, other] = [await house.signIn('P06'), await house.signIn('P25')]
    const call = (one: typeof user, as: string) =>
      one.send([one.message(party(as), 'account.choose-locale', { locale: 'en' })])
    const answers = []
    for (let count = 0; count < 5; count += 1) answers.push(await call(user, 'P06'))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 429, 429])
    expect(Number(answers[4]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect((await call(other, 'P25')).status).toBe(200)
  })
})
