import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import type { CommandResult } from '#shared/protocol/commands-message.ts'
import { party } from '../../harness/start-house.ts'
import { createUser } from '../../harness/user.ts'
import { journalLength, withHouse } from '../../scenarios/with-house.ts'
import { startProcess } from './house-process.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'handslag-stop-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('SIGTERM: what runs is finished and answered, sockets close with 1001, the exit is 0 within five seconds', async () => {
  const dataDir = temporaryFolder()
  const house = await startProcess(dataDir)
  const user = await createUser(house.url, 'P06')
  const address = house.url.replace('http', 'ws')
  const sockets = [`/sync`, `/sync/me/${user.session.account}`].map(
    (path) => new WebSocket(address + path, { headers: { cookie: user.cookie } }),
  )
  const closings = sockets.map((socket) => new Promise<number>((resolve) => socket.on('close', resolve)))
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.on('open', resolve))))
  // One that never answers the goodbye must not keep the house from ending.
  const deaf = connect(Number(new URL(house.url).port), '127.0.0.1')
  onTestFinished(() => void deaf.destroy())
  deaf.on('error', () => undefined)
  deaf.write(
    `GET /sync HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: ${user.cookie}\r\n\r\n`,
  )
  await new Promise((resolve) => deaf.once('data', resolve))

  const calls = Array.from({ length: 40 }, () =>
    user.send(
      Array.from({ length: 20 }, (_, at) =>
        user.message(party('P06'), 'account.choose-locale', { locale: at % 2 ? 'en' : 'de' }),
      ),
    ),
  )
  await calls[0]
  const asked = performance.now()
  house.kill('SIGTERM')
  const outcomes = await Promise.allSettled(calls)
  expect(await Promise.all(closings)).toEqual([1001, 1001])
  expect(await house.ended).toEqual({ code: 0, signal: null })
  expect(performance.now() - asked).toBeLessThan(5000)

  // Whatever was answered is there for the next.
  const next = await startProcess(dataDir)
  let checked = 0
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected' || outcome.value.status !== 200) continue
    const { results } = (await outcome.value.json()) as { results: CommandResult[] }
    expect(results).toHaveLength(20)
    checked += results.length
  }
  expect(checked).toBeGreaterThan(0)
  next.kill('SIGTERM')
  expect((await next.ended).code).toBe(0)
})

test('while it stops it takes no new commands: 503 with the seconds to wait', async () => {
  const house = await withHouse()
  const user = await house.signIn('P06')
  const before = journalLength(house)
  await house.house.stop()
  const answer = await user.send([user.message(party('P06'), 'account.choose-locale', { locale: 'en' })])
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  expect(journalLength(house)).toBe(before)
})
