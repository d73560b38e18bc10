import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ownAddress } from '#server/http/own-address.ts'
import type { Mail } from '#server/mail/mailer.ts'
import { createReactions } from '#server/reactions/react-to.ts'
import { systemActor, type Actor } from '#shared/access/actor.ts'
import type { Bond } from '#shared/bonds/model.ts'
import type { Change } from '#shared/changes.ts'
import type { Records } from '#shared/records.ts'
import {
  accountOf,
  anders,
  annaKarin,
  erik,
  fyrbaken,
  granbacka,
  listeningLog,
  person,
  put,
  susanna,
  temporaryStore,
  worksFor,
} from '../small-house.ts'

const at = '2026-11-23T08:00:00.000Z'
const greta = person('p-07', 'Greta Lind', '199108152381')

function actorOf(account: string | null, party: string): Actor {
  return { account, person: null, role: { ...systemActor.role, party, kind: 'brokerage' } }
}
const asGranbacka = actorOf('a-p-01', 'o-gran')
const asErik = actorOf('a-p-06', 'p-06')

function bond(more: Partial<Bond> & { readonly state?: Bond['state'] } = {}): Bond {
  return {
    id: 'b-1',
    rev: 1,
    type: 'employed',
    a: 'p-06',
    b: 'o-gran',
    proposedBy: 'b',
    proposedAt: at,
    typed: { name: 'E. Åkeson', nationalId: erik.nationalId },
    note: 'canary-note',
    follows: null,
    state: 'proposed',
    expiresOn: '2027-02-21',
    ...more,
  } as Bond
}
const proposed = (of: Bond): Change => ({
  type: 'bondProposed',
  kind: 'bond',
  id: of.id,
  bondType: of.type,
  a: of.a,
  b: of.b,
  by: of.proposedBy,
  at,
  expiresOn: '2027-02-21',
  typed: of.typed,
  note: of.note,
  follows: of.follows,
})
const happened = (type: 'bondConfirmed' | 'bondDeclined' | 'bondWithdrawn' | 'bondEnded'): Change =>
  ({
    type,
    kind: 'bond',
    id: 'b-1',
    at,
    validFrom: '2026-11-23',
    validTo: '2026-11-30',
    by: 'b',
    reason: 'canary-reason',
  }) as Change

async function house(...bonds: readonly Bond[]) {
  const store = temporaryStore()
  await put(
    store,
    ['organisation', granbacka],
    ['organisation', fyrbaken],
    ...[annaKarin, susanna, erik, anders, greta].map((one) => ['person', one] as const),
    ...[susanna, annaKarin, anders].map((one) => ['account', accountOf(one)] as const),
    ['account', accountOf(erik, 'fi')],
    ['staffRole', worksFor(susanna, granbacka)],
    ['staffRole', worksFor(annaKarin, granbacka)],
    ...bonds.map((one) => ['bond', one] as const),
  )
  const mails: Mail[] = []
  const log = listeningLog()
  const own = ownAddress({ publicUrl: 'https://handslag.example', host: '127.0.0.1' }, 8080)
  const reactions = createReactions({
    facts: store.facts,
    post: (mail) => void mails.push(mail),
    address: () => own,
    log,
  })
  const tell = (change: Change, actor: Actor) => {
    reactions.reactTo([{ change, actor }])
    vi.advanceTimersByTime(0)
  }
  const evolveTo = (record: Records['bond']) => put(store, ['bond', record])
  return { ...reactions, store, mails, log, tell, evolveTo, to: () => mails.map((mail) => mail.to) }
}

beforeEach(() => {
  // Only what the digest waits by; the store commits by setImmediate.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  return () => void vi.useRealTimers()
})

describe('a request', () => {
  test('to a person is mailed in that person’s language: who asks, and where to answer', async () => {
    const { tell, mails } = await house(bond())
    tell(proposed(bond()), asGranbacka)
    expect(mails).toHaveLength(1)
    expect(mails[0]).toMatchObject({ to: 'p06@example.test', subject: 'Pyyntö odottaa vastaustasi' })
    expect(mails[0]!.text).toContain('Granbacka Försäkringsförmedling AB')
    expect(mails[0]!.text).toContain('https://handslag.example/mina-sidor\n')
    expect(mails[0]!.text).not.toMatch(/\d{6}|canary|Åkes/)
  })

  test('to an organisation goes to all who act for it, its contact first', async () => {
    const asked = bond({ proposedBy: 'a', typed: null })
    const { tell, mails, to } = await house(asked)
    tell(proposed(asked), asErik)
    expect(to()).toEqual(['p01@example.test', 'p02@example.test'])
    expect(mails[0]!.text).toContain('Erik Åkesson har skickat en förfrågan om en relation.')
    expect(mails[0]!.text).toContain('https://handslag.example/oversikt\n')
  })

  test('to a person without an account, or an organisation nobody acts for, sends nothing', async () => {
    const person = bond({ a: 'p-07' })
    const organisation = bond({
      id: 'b-2',
      type: 'org_membership',
      a: 'o-gran',
      b: 'o-fyr',
      proposedBy: 'a',
      typed: null,
    })
    const { tell, mails, log } = await house(person, organisation)
    tell(proposed(person), asGranbacka)
    tell(proposed(organisation), asGranbacka)
    expect(mails).toEqual([])
    expect(log.raw()).toBe('')
  })

  test('by somebody with protected identity does not put the name on a postcard', async () => {
    const asked = bond({ a: 'p-21', proposedBy: 'a', typed: null })
    const { tell, mails } = await house(asked)
    tell(proposed(asked), actorOf('a-p-21', 'p-21'))
    expect(mails[0]!.text).toContain('En person har skickat')
    expect(mails[0]!.text).not.toContain('Malm')
  })

  test('is not mailed to the one who made it, though the one also works for the other side', async () => {
    const own = bond({ a: 'p-01' })
    const { tell, to } = await house(own)
    tell(proposed(own), asGranbacka)
    expect(to()).toEqual([])
  })

  test('that pays for an employment is told with the employment, not beside it', async () => {
    const follower = bond({ id: 'b-2', type: 'billing', follows: 'b-1' })
    const { tell, mails } = await house(bond(), follower)
    tell(proposed(follower), asGranbacka)
    expect(mails).toEqual([])
  })

  test('from history or the daily round is no news', async () => {
    const { tell, mails } = await house(bond())
    tell(proposed(bond()), systemActor)
    expect(mails).toEqual([])
  })
})

describe('an answer', () => {
  test('yes names the person to the one who asked', async () => {
    const { tell, mails, to } = await house(bond())
    tell(happened('bondConfirmed'), asErik)
    expect(to()).toEqual(['p01@example.test', 'p02@example.test'])
    expect(mails[0]!.text).toContain('Erik Åkesson har bekräftat')
  })

  test('no tells the proposer nothing but what it typed itself', async () => {
    const { tell, mails } = await house(bond())
    tell(happened('bondDeclined'), asErik)
    expect(mails[0]!.text).toContain('E. Åkeson har avböjt')
    expect(JSON.stringify(mails)).not.toContain('Erik')
  })

  test('no to a request by number alone names nobody', async () => {
    const { tell, mails } = await house(bond({ typed: { name: '', nationalId: erik.nationalId } }))
    tell(happened('bondDeclined'), asErik)
    expect(mails[0]!.text).toContain('En person har avböjt')
  })

  test('a request taken back is told to the one who was asked', async () => {
    const { tell, mails } = await house(bond())
    tell(happened('bondWithdrawn'), asGranbacka)
    expect(mails.map((mail) => [mail.to, mail.subject])).toEqual([['p06@example.test', 'Pyyntö on peruttu']])
  })

  test('an end tells the other side its day, and never the reason', async () => {
    const { tell, mails } = await house(bond())
    tell(happened('bondEnded'), asGranbacka)
    expect(mails).toHaveLength(1)
    expect(mails[0]!.text).toContain('30. marraskuuta 2026')
    expect(mails[0]!.text).not.toContain('canary')
  })
})

describe('several at once', () => {
  const two = bond({ id: 'b-2', type: 'member' })

  test('committed together are told in one mail', async () => {
    const { reactTo, mails } = await house(bond(), two)
    reactTo([
      { change: proposed(bond()), actor: asGranbacka },
      { change: proposed(two), actor: asGranbacka },
    ])
    vi.advanceTimersByTime(0)
    expect(mails.map((mail) => mail.subject)).toEqual(['2 uutista Handslagissa'])
  })

  test('a hundred make a mail of twenty lines that says how many there are', async () => {
    const { reactTo, mails } = await house(bond())
    reactTo(Array.from({ length: 100 }, () => ({ change: proposed(bond()), actor: asGranbacka })))
    vi.advanceTimersByTime(0)
    expect(mails.map((mail) => mail.subject)).toEqual(['100 uutista Handslagissa'])
    expect(mails[0]!.text.match(/^•/gm)).toHaveLength(20)
  })

  test('a receiver gets one mail a minute, whatever is asked of whom how often', async () => {
    const { tell, mails } = await house(bond())
    for (let second = 0; second < 170; second += 1) {
      tell(proposed(bond()), asGranbacka)
      vi.advanceTimersByTime(1000)
    }
    expect(mails).toHaveLength(3)
    vi.advanceTimersByTime(60_000)
    expect(mails).toHaveLength(4)
    vi.advanceTimersByTime(600_000)
    expect(mails).toHaveLength(4)
  })

  test('an account closed within the minute gets nothing more', async () => {
    const { tell, mails, store } = await house(bond())
    tell(proposed(bond()), asGranbacka)
    tell(happened('bondWithdrawn'), asGranbacka)
    await put(store, ['account', { ...accountOf(erik), state: 'closed' }])
    vi.advanceTimersByTime(60_000)
    expect(mails).toHaveLength(1)
  })

  test('on stopping, what waits for its minute leaves at once', async () => {
    const { tell, flush, mails } = await house(bond())
    tell(proposed(bond()), asGranbacka)
    tell(happened('bondWithdrawn'), asGranbacka)
    flush()
    expect(mails).toHaveLength(2)
    vi.advanceTimersByTime(600_000)
    expect(mails).toHaveLength(2)
  })
})

test('a reaction that breaks is logged and harms nobody', async () => {
  const { reactTo, mails, log } = await house(bond())
  reactTo([
    { change: { ...proposed(bond()), id: 'b-gone' }, actor: asGranbacka },
    { change: proposed(bond()), actor: asGranbacka },
  ])
  vi.advanceTimersByTime(0)
  expect(mails).toHaveLength(1)
  expect(log.lines()[0]).toMatchObject({ msg: 'reaction failed' })
})

test('a name cannot write lines of ours', async () => {
  const { tell, mails, store } = await house(bond())
  await put(store, [
    'organisation',
    { ...granbacka, name: 'Granbacka\n\nLogga in här: https://evil.example\n' },
  ])
  tell(proposed(bond()), asGranbacka)
  expect(mails[0]!.text.split('\n').filter((line) => line.startsWith('Logga in'))).toEqual([])
})
