import { foldTyped } from './fold-typed.ts'
import { latinLookAlike, plainLatin } from './look-alikes.ts'

/**
 * A text as it is searched: small letters, no diacritics, look-alikes of other alphabets as the Latin letters they pass for
 * (IS-83, X-32). Two texts that look the same to a hurried reader fold to the same.
 */
export function fold(text: string): string {
  if (/[\u0250-\uffff]/.test(text)) return foldAny(text)
  // Nearly every name: letters that fold one by one, each looked up after its first time. 50 000 rows are folded at a start.
  return text.toLowerCase().replaceAll(/[\u0080-\uffff]/g, foldedLetter)
}

const foldedLetters = new Map<string, string>()

function foldedLetter(letter: string): string {
  const known = foldedLetters.get(letter)
  if (known !== undefined) return known
  const folded = foldAny(letter)
  foldedLetters.set(letter, folded)
  return folded
}

function foldAny(text: string): string {
  const bare = text.normalize('NFKD').replaceAll(/\p{M}|\p{Cf}/gu, '')
  let folded = ''
  for (const word of bare.split(/(\s+)/)) {
    // Capital Н passes for H in a Latin word, and is N in a Cyrillic one.
    const latin = /\p{Script=Latin}/u.test(word) ? Array.from(word, latinLookAlike).join('') : word
    for (const char of latin.toLowerCase()) folded += plainLatin(char)
  }
  return folded.normalize('NFKD').replaceAll(/\p{M}/gu, '')
}

/** Whether letters of more than one alphabet stand in it, as in a forged or damaged address. */
export function hasMixedScripts(text: string): boolean {
  const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u]
  return scripts.filter((script) => script.test(text)).length > 1
}

/**
 * The number in a search, or in the row searched, without what people leave out: 900101-2385, 19900101 2385 and 900101+2385 are
 * all found in 199001012385 (IS-83). Empty when the text is not a number.
 */
export function searchDigits(text: string): string {
  const digits = (foldTyped(text) ?? '').replaceAll(/[-+]/g, '').toLowerCase()
  return /^\d{2,}(?:[a-z]\d*[a-z]?)?$/.test(digits) ? digits : ''
}

/** Words of letters as most names have them, one space between. */
const plainText =
  /^(?:[\x21-\x7e\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]+(?: [\x21-\x7e\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]+)*)?$/

/**
 * A name or note as it is kept: composed, one space between words, nothing invisible, and no characters that turn the direction
 * of writing (they make a text read as another). Never longer than `maxLength`.
 */
export function cleanText(text: string, maxLength: number): string {
  // Most texts are plain already, and taking them apart costs more than looking.
  if (text.length <= maxLength && plainText.test(text)) return text
  const cleaned = text
    .slice(0, maxLength * 4 + 64) // a flood is not worth normalising
    .replaceAll(/\p{Cf}|\p{Cs}|\p{Co}/gu, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .normalize('NFC')
    .trim()
  const cut = cleaned.slice(0, maxLength)
  // Half of a surrogate pair is no character.
  return cut.replace(/[\ud800-\udbff]$/, '').trimEnd()
}
