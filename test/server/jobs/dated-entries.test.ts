import { expect, onTestFinished, test } from 'vitest'
import { demoId } from '#server/demo/demo-id.ts'
import { systemActor } from '#shared/access/actor.ts'
import type { OwnPayerEntry } from '#shared/documents/entries.ts'
import { party, startHouse } from '../../harness/start-house.ts'
import { movableClock } from '../small-house.ts'

const dayMs = 24 * 3_600_000

test('[P7] an exception that begins or ends at midnight is seen in the documents by itself', async () => {
  const clock = movableClock('2026-11-23T09:00:00Z')
  const house = await startHouse({ clock })
  let standing = house
  onTestFinished(() => standing.end())
  await house.house.dailyRound.go()
  const exception = {
    organisation: party('ORG-FYR'),
    company: party('C-GRUV'),
    feeKind: '*' as const,
    payer: 'company' as const,
    validFrom: '2026-11-24',
    validTo: '2026-11-24',
  }
  await house.house.execute.record(systemActor, clock.now(), [
    { type: 'payerExceptionAgreed', kind: 'payerException', id: demoId('dated exception'), exception },
  ])
  const tove = await house.signIn('p20')
  const mine = await tove.open(`me/${tove.session.account}`)
  onTestFinished(mine.end)
  const payer = () =>
    mine.entries().find((entry): entry is OwnPayerEntry => entry.kind === 'payer')?.all.payer
  expect(payer()).toBe(party('ORG-FYR'))

  clock.move(dayMs)
  await house.house.dailyRound.go()
  await mine.until(() => payer() === party('C-GRUV'))

  // Nobody has it open when the exception ends; it is right all the same when it is opened again.
  mine.end()
  clock.move(dayMs)
  const again = await house.restart()
  standing = again
  await again.house.dailyRound.go()
  const later = await again.signIn('p20')
  const entries = await later.read(party('P20'), 'me')
  expect(entries.find((entry): entry is OwnPayerEntry => entry.kind === 'payer')?.all.payer).toBe(
    party('ORG-FYR'),
  )
})
