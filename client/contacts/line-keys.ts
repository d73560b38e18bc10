/** What the list is drawn by: lines of the same key stay the same elements. */
export interface LineKeys {
  /** The place is the line: what stands there changes, the elements stay. */
  readonly byPlace: (count: number) => readonly number[]
  /** The person is the line: who is drawn already takes their elements along to their new place, and nobody inherits another's. */
  readonly byPerson: (ids: {
    readonly length: number
    readonly at: (place: number) => string
  }) => readonly number[]
  /** The drawn line of this key shows this person or company now. */
  readonly shows: (key: number, id: string) => void
  readonly gone: (key: number) => void
}

export function createLineKeys(): LineKeys {
  let keys: number[] = []
  let given: readonly number[] = []
  let next = 0
  const drawn = new Map<number, string>()

  function byPlace(count: number): readonly number[] {
    while (keys.length < count) keys.push(next++)
    if (given.length !== count) given = keys.slice(0, count)
    return given
  }

  return {
    byPlace,
    byPerson(ids) {
      const wanted = new Map<string, number>()
      let moved = false
      for (const [key, id] of drawn) {
        wanted.set(id, key)
        const place = given.indexOf(key)
        if (place >= ids.length || ids.at(place) !== id) moved = true
      }
      if (!moved) return byPlace(ids.length)
      keys = Array.from({ length: ids.length }, () => next++)
      for (let place = 0; place < ids.length && wanted.size > 0; place += 1) {
        const id = ids.at(place)
        const key = wanted.get(id)
        if (key === undefined) continue
        keys[place] = key
        wanted.delete(id)
      }
      given = keys.slice()
      return given
    },
    shows: (key, id) => void drawn.set(key, id),
    gone: (key) => void drawn.delete(key),
  }
}
