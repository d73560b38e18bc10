import { describe, expect, onTestFinished, test } from 'vitest'
import { startDailyRound } from '#server/jobs/daily-round.ts'
import type { OpenStore } from '#server/store/open-store.ts'
import { systemActor } from '#shared/access/actor.ts'
import { decideExpire, decideLapse } from '#shared/bonds/end.ts'
import type { Bond } from '#shared/bonds/model.ts'
import { evolve } from '#shared/changes.ts'
import { erik, granbacka, listeningLog, movableClock, put, temporaryStore } from '../small-house.ts'

const dayMs = 24 * 3_600_000

function bond(
  id: string,
  b: string,
  state: { readonly expiresOn: string } | { readonly validTo: string },
): Bond {
  const base = {
    id,
    rev: 1,
    type: 'employed' as const,
    a: 'p-06',
    b,
    proposedBy: 'b' as const,
    proposedAt: '2026-11-20T08:00:00Z',
    typed: null,
    note: '',
    follows: null,
  }
  if ('expiresOn' in state) return { ...base, state: 'proposed', ...state }
  const agreed = { answeredAt: '2026-11-20T08:00:00Z', validFrom: '2026-11-20' }
  return { ...base, state: 'ending', ...agreed, ...state, endedBy: 'b', endReason: '' }
}

/** Decides as the house does, in a write of its own. */
function issueOn(store: OpenStore, clock: { now: () => string; today: () => string }, issued: string[]) {
  return (type: 'bond.expire' | 'bond.lapse', input: { readonly id: string }) =>
    store.write(() => {
      issued.push(`${type} ${input.id}`)
      const request = { input, actor: systemActor, now: clock.now(), today: clock.today(), mint: () => 'x' }
      const decision = (type === 'bond.expire' ? decideExpire : decideLapse)(request, store.facts)
      if (!decision.ok) throw new Error(decision.refusal.code)
      for (const change of decision.changes) {
        store.tables.put('bond', evolve(store.facts.get('bond', change.id), change))
      }
    })
}

async function house(start: string) {
  const store = temporaryStore()
  await put(
    store,
    ['organisation', granbacka],
    ['person', erik],
    ['bond', bond('b-ask', 'o-1', { expiresOn: '2026-11-24' })],
    ['bond', bond('b-end', 'o-2', { validTo: '2026-11-24' })],
    ['bond', bond('b-later', 'o-3', { expiresOn: '2026-12-24' })],
  )
  const clock = movableClock(start)
  const issued: string[] = []
  const log = listeningLog()
  const round = startDailyRound({ store, clock, log, issue: issueOn(store, clock, issued) })
  onTestFinished(round.stop)
  await round.go()
  const states = () => ['b-ask', 'b-end', 'b-later'].map((id) => store.facts.get('bond', id)!.state)
  return { store, clock, issued, log, round, states }
}

describe('the daily round', () => {
  test('starts with a round, so that a house that slept over the day makes it up', async () => {
    const { states, log } = await house('2026-11-26T08:00:00Z')
    expect(states()).toEqual(['expired', 'ended', 'proposed'])
    expect(log.lines().at(-1)).toMatchObject({ msg: 'daily round', count: 2 })
  })

  test('waits for the day of the register, which begins at midnight in Stockholm', async () => {
    const { clock, round, states, issued } = await house('2026-11-23T22:59:59.999Z')
    expect(states()).toEqual(['proposed', 'ending', 'proposed'])
    expect(issued).toEqual([])
    clock.move(1)
    await round.go()
    expect(states()).toEqual(['expired', 'ended', 'proposed'])
  })

  test('again it finds nothing to do', async () => {
    const { round, issued } = await house('2026-11-26T08:00:00Z')
    expect(issued.sort()).toEqual(['bond.expire b-ask', 'bond.lapse b-end'])
    await round.go()
    await Promise.all([round.go(), round.go()])
    expect(issued).toHaveLength(2)
  })

  test('one that cannot be done does not keep the others from their day', async () => {
    const store = temporaryStore()
    await put(
      store,
      ['bond', bond('b-1', 'o-1', { expiresOn: '2026-11-01' })],
      ['bond', bond('b-2', 'o-2', { expiresOn: '2026-11-02' })],
    )
    const issued: string[] = []
    const log = listeningLog()
    const issue = async (_type: string, { id }: { readonly id: string }) => {
      if (id === 'b-1') throw new Error('broken for Erik Åkesson')
      issued.push(id)
    }
    const round = startDailyRound({ store, clock: movableClock('2026-11-23T08:00:00Z'), log, issue })
    onTestFinished(round.stop)
    await round.go()
    expect(issued).toEqual(['b-2'])
    expect(log.lines()[0]).toMatchObject({ level: 'error', msg: 'daily round: one failed' })
    expect(log.raw()).not.toContain('Erik')
  })

  test('a clock set a year ahead and back again does not undo or repeat what was done', async () => {
    const { clock, round, states, issued } = await house('2026-11-23T08:00:00Z')
    clock.move(365 * dayMs)
    await round.go()
    clock.move(-730 * dayMs)
    await round.go()
    expect(states()).toEqual(['expired', 'ended', 'expired'])
    expect(issued).toHaveLength(3)
  })
})
