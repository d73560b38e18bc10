import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type OpenStore } from '#server/store/open-store.ts'
import type { Bond } from '#shared/bonds/model.ts'
import { evolve, type Change } from '#shared/changes.ts'
import { must } from '#shared/kernel/must.ts'
import { temporaryFolder } from '../small-house.ts'

const at = '2026-11-23T08:00:00.000Z'
let store: OpenStore

beforeEach(() => {
  store = openStore(join(temporaryFolder(), 'handslag.sqlite'))
})
afterEach(() => store.close())

function asked(id: string, bondType: Bond['type'] = 'employed', b = 'company'): Change {
  const terms = { expiresOn: '2027-02-21', typed: null, note: '', follows: null } as const
  return { type: 'bondProposed', kind: 'bond', id, bondType, a: 'person', b, by: 'a', at, ...terms }
}

/** As a rule that has overlooked the others would: straight into the table. */
function put(change: Change): Promise<void> {
  return store.write(() => {
    store.tables.put('bond', evolve(store.facts.get('bond', change.id), change))
  })
}

test('[B5] the table itself takes only one open bond of a type between two, also when the rules are passed by', async () => {
  await put(asked('1'))
  await expect(put(asked('2'))).rejects.toThrow(/UNIQUE/)
  expect(store.facts.get('bond', '2')).toBeUndefined()
  expect(store.facts.find('bond', 'a', 'person').map(({ id }) => id)).toEqual(['1'])
  await put({ type: 'bondConfirmed', kind: 'bond', id: '1', at, validFrom: '2026-11-23' })
  await expect(put(asked('2'))).rejects.toThrow(/UNIQUE/)
})

test('[B5] of another type, or with another party, it is another bond', async () => {
  await put(asked('1'))
  await put(asked('2', 'billing'))
  await put(asked('3', 'employed', 'other company'))
  expect(store.facts.find('bond', 'a', 'person').map(({ id }) => id)).toEqual(['1', '2', '3'])
})

test('[B5] any number that are over may stand beside one that is open, and are found with it', async () => {
  for (const id of ['1', '2', '3']) {
    await put(asked(id))
    await put({ type: 'bondWithdrawn', kind: 'bond', id, at })
  }
  await put(asked('4'))
  expect(must(store.facts.get('bond', '1'), 'bond').state).toBe('withdrawn')
  expect(store.facts.find('bond', 'a', 'person').map(({ id }) => id)).toEqual(['1', '2', '3', '4'])
  await expect(put(asked('5'))).rejects.toThrow(/UNIQUE/)
})
