import { fold, searchDigits } from '#shared/identity/fold.ts'
import { foldedOf, type PersonEntry } from './contact-row.ts'

/** Some of a list in its order. An array is one, too; hits are only looked up where they are drawn. */
export interface Hits<Item> {
  readonly length: number
  readonly at: (place: number) => Item | undefined
}

/** The folded rows of a list as one text, in step with it, so that a keystroke only scans one string. */
interface FoldedRows {
  readonly text: string
  /** Where each row begins, and where the last ends. */
  readonly starts: Int32Array
}

/** With more than these the scan of the whole text is quicker than looking at each. */
const fewEnough = 2000
const mostRemembered = 24

/**
 * Whoever has the query anywhere in name or number, in the order given (IS-83). It remembers what it found: who types on is looked
 * for among those found so far, and a letter taken back costs nothing.
 */
export function createSearch(entries: readonly PersonEntry[]): (query: string) => Hits<PersonEntry> {
  // At once, not at the first letter.
  const folded = foldAll(entries)
  const found = new Map<string, Int32Array>()

  function look(query: string): Int32Array {
    const words = fold(query)
    const digits = searchDigits(query)
    if (digits !== '' && digits !== words) return inOrder(rowsWith(folded, words), rowsWith(folded, digits))
    // Whoever has the whole has its beginning, too.
    const earlier = found.get(query.slice(0, -1))
    const narrower =
      earlier !== undefined && earlier.length <= fewEnough && words.startsWith(fold(query.slice(0, -1)))
    return narrower
      ? earlier.filter((place) =>
          folded.text.slice(folded.starts[place], folded.starts[place + 1]).includes(words),
        )
      : rowsWith(folded, words)
  }

  return (query) => {
    const typed = query.trim()
    if (fold(typed) === '') return entries
    let places = found.get(typed)
    if (places === undefined) {
      places = look(typed)
      if (found.size >= mostRemembered) found.clear()
      found.set(typed, places)
    }
    return hitsAt(entries, places)
  }
}

function hitsAt(entries: readonly PersonEntry[], places: Int32Array): Hits<PersonEntry> {
  return {
    length: places.length,
    at(hit) {
      const place = places[hit]
      return place === undefined ? undefined : entries[place]
    },
  }
}

function foldAll(entries: readonly PersonEntry[]): FoldedRows {
  const texts = entries.map(foldedOf)
  const starts = new Int32Array(texts.length + 1)
  let end = 0
  for (const [index, text] of texts.entries()) {
    end += text.length + 1
    starts[index + 1] = end
  }
  // No query has a line break in it, so none is found across two rows.
  return { text: `${texts.join('\n')}\n`, starts }
}

/** The places of the rows in which the words stand. */
function rowsWith({ text, starts }: FoldedRows, words: string): Int32Array {
  const places = new Int32Array(starts.length - 1)
  let count = 0
  let row = 0
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, starts[row])) {
    while ((starts[row + 1] ?? Infinity) <= at) row += 1
    places[count] = row
    count += 1
    row += 1
  }
  return places.slice(0, count)
}

function inOrder(some: Int32Array, others: Int32Array): Int32Array {
  return Int32Array.from(new Set([...some, ...others])).sort()
}
