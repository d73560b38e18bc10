import type { WorldPlan } from '../ours/world.ts'

export const writerCounts = [1, 10, 100] as const
/** Documents the spread mixes write to. */
export const spreadDocuments = 100
export const rounds = 5
export const perRound = 6_000
/** As the app's outbox: at most a hundred to a call. Two calls under way keep the line from standing idle between them. */
export const perCall = 100
/** So many writes of a writer may wait for their answer, here and at the peer. */
export const unanswered = 2 * perCall
const askedPerRound = 2_000
const firstPerson = 300
/** Who asked is nobody who is asked: the one would stand in the other's way. */
const firstAsker = firstPerson + (rounds + 1) * perRound

/** Who writes where in a mix: accounts of the plan, and the companies each of them writes for. */
export interface Mix {
  readonly title: string
  readonly writers: number
  readonly hot: boolean
  readonly kind: 'propose' | 'confirm'
  readonly perRound: number
  readonly accounts: readonly number[]
}

const range = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, n) => from + n)

/** Each mix has accounts of its own, so that nobody has more roles than the mix needs. */
export const mixes: readonly Mix[] = (() => {
  let next = 0
  const take = (count: number) => {
    const accounts = range(next, count)
    next += count
    return accounts
  }
  const made: Mix[] = []
  for (const hot of [false, true]) {
    for (const writers of writerCounts) {
      const title = `${writers} ${writers === 1 ? 'writer' : 'writers'}, ${hot ? 'one hot document' : 'spread'}`
      made.push({ title, writers, hot, kind: 'propose', perRound, accounts: take(writers) })
    }
  }
  const title = '10 writers, spread: confirm + its payment'
  made.push({ title, writers: 10, hot: false, kind: 'confirm', perRound: askedPerRound, accounts: take(10) })
  return made
})()

/** The companies a writer of a mix writes for in a round. Round 0 warms up. */
export function companiesOf(mix: Mix, writer: number, round: number): readonly number[] {
  if (mix.hot) return [spreadDocuments + round]
  return range(0, spreadDocuments).filter((company) => company % mix.writers === writer)
}

export function personOf(round: number, n: number): number {
  return firstPerson + round * perRound + n
}

/** The bond of `asked` that the n:th confirmation of a round answers. */
export function askedOf(round: number, n: number): number {
  return round * askedPerRound + n
}

export const commandsPlan: WorldPlan = {
  persons: firstAsker + (rounds + 1) * askedPerRound,
  companies: spreadDocuments + rounds + 1,
  accounts: mixes.reduce((sum, mix) => sum + mix.writers, 0),
  staff: mixes.flatMap((mix) =>
    mix.accounts.flatMap((account, writer) => {
      const companies = mix.hot
        ? range(spreadDocuments, rounds + 1)
        : range(0, spreadDocuments).filter((company) => company % mix.writers === writer)
      return companies.map((company) => [account, company] as const)
    }),
  ),
  asked: range(0, (rounds + 1) * askedPerRound).map((n) => [firstAsker + n, n % spreadDocuments] as const),
  employed: [],
}
