import type { sv } from './sv.ts'

type Source = typeof sv

export type MessageKey = keyof Source
/** Two forms are enough for the five languages here (CLDR cardinals: one, other). */
export interface Plural {
  readonly one: string
  readonly other: string
}

/** All words of one language. A language that lacks a key does not compile. */
export type Dictionary = { readonly [K in MessageKey]: Source[K] extends string ? string : Plural }

type WordsOf<Text extends string> = Text extends `${string}{${infer Word}}${infer Rest}`
  ? Word | WordsOf<Rest>
  : never
type ParamsOf<K extends MessageKey> = Source[K] extends string
  ? WordsOf<Source[K]>
  : Source[K] extends Plural
    ? WordsOf<Source[K]['other']>
    : never

/** What `t` needs besides the key: nothing, or every {word} of the Swedish text. `n` is a number and picks the form. */
export type ArgumentsOf<K extends MessageKey> = [ParamsOf<K>] extends [never]
  ? []
  : [{ readonly [P in ParamsOf<K>]: P extends 'n' | 'm' ? number : string }]

/** Keys of texts without {words}. */
export type PlainKey = { [K in MessageKey]: [ParamsOf<K>] extends [never] ? K : never }[MessageKey]
