import { expect, test } from 'vitest'
import { party } from '../../harness/start-house.ts'
import { entriesOf, withHouse } from '../../scenarios/with-house.ts'

test('a commit that comes to nothing takes the open documents with it: nothing of it was sent, and nobody diverges', async () => {
  const house = await withHouse()
  const user = await house.signIn('P06')
  const name = `me/${user.session.account}`
  const id = (await entriesOf(user, party('P06'), 'me', 'own')).find(
    ({ bond }) => bond.state === 'proposed',
  )!.id
  const open = await user.open(name)
  const seqBefore = open.seq()
  let failing = true
  house.store.listen({
    // Told after the documents were: by now they hold what will not be.
    beforeCommit: () => {
      if (failing) throw new Error('the commit fails')
    },
    afterCommit: () => undefined,
    rolledBack: () => undefined,
  })
  const command = user.message(party('P06'), 'bond.confirm', { id })
  const answer = await user.send([command])
  expect(answer.status).toBe(500)
  expect(await answer.json()).toMatchObject({ code: 'fault' })
  // Sockets of the document are told to drop it and open anew.
  expect(await open.closed).toBe(4409)
  expect(open.seq()).toBe(seqBefore)
  failing = false
  const again = await user.open(name)
  expect(again.entries().find((entry) => entry.id === id)).toMatchObject({ bond: { state: 'proposed' } })
  // The same command, sent again, has its one fate still before it.
  expect((await (await user.send([command])).json()).results[0]).toMatchObject({ status: 'accepted' })
  await again.until((entries) =>
    entries.some((entry) => entry.kind === 'own' && entry.bond.state === 'confirmed'),
  )
  open.end()
  again.end()
})
