import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { checkCommands, type Checked } from '#server/commands/check.ts'
import { party } from '../../harness/start-house.ts'
import { entriesOf, withHouse } from '../../scenarios/with-house.ts'

function checked(device: string, seq: number, as: string, type: string, input: unknown) {
  const answer: Checked = checkCommands({
    device,
    commands: [{ id: v7(), seq, as, type, version: 1, input }],
  })
  if (!answer.ok) throw new Error(answer.field)
  return answer.commands[0]!
}

test.each([0, 1, 2, 3, 4])(
  '[K7] [K15] of four commands in one commit, those behind the removal (at place %i) have no effect and are not pushed',
  async (place) => {
    const house = await withHouse()
    const [hedda, jens] = [await house.signIn('P31'), await house.signIn('P32')]
    const fyrbaken = party('ORG-FYR')
    const role = house.store.facts.find('staffRole', 'account', jens.session.account)[0]!.id
    const open = await jens.open(`org/${fyrbaken}/contacts`)
    let pushed = 0
    open.doc.on('update', () => (pushed += 1))
    const people = (await entriesOf(hedda, fyrbaken, 'contacts', 'via')).map(({ person }) => person.id)
    const execute = house.house.execute
    const wishes = [0, 1, 2, 3].map((n) =>
      checked(jens.device, n + 1, fyrbaken, 'bond.propose', {
        id: v7(),
        type: 'other',
        other: {
          person: {
            nationalId: {
              country: 'SE',
              value: ['200202172391', '199409072390', '199407192393', '199709092390'][n]!,
            },
          },
        },
      }),
    )
    expect(people.length).toBeGreaterThan(0)
    const removal = checked(hedda.device, 1, fyrbaken, 'role.remove', { id: role })
    const queue = wishes.map((wish) => () => execute.command(jens.session.account, jens.device, wish))
    queue.splice(place, 0, () => execute.command(hedda.session.account, hedda.device, removal))
    const results = await Promise.all(queue.map((go) => go()))
    expect(results[place]).toMatchObject({ status: 'accepted' })
    for (const [index, result] of results.entries()) {
      if (index > place) expect(result).toMatchObject({ status: 'refused', code: 'command/not-allowed' })
      if (index < place) expect(result.code).not.toBe('command/not-allowed')
    }
    expect(await open.closed).toBe(4403)
    // One commit: not even what came before the removal is shown to one who is out when it is done.
    expect(pushed).toBe(0)
    open.end()
  },
)
