import * as v from 'valibot'

/** Every text field has a longest length: what is unbounded is a way to hurt (T33). */
export const idField = v.pipe(v.string(), v.maxLength(36), v.uuid())
export const partyField = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
export const nameField = v.pipe(v.string(), v.maxLength(200))
export const noteField = v.pipe(v.string(), v.maxLength(500))
export const numberField = v.pipe(v.string(), v.minLength(1), v.maxLength(40))
export const dayField = v.pipe(v.string(), v.length(10), v.isoDate())
