/** Longer than any number people write, with its spaces and dashes; whatever is longer is not looked at. */
const longestTyped = 64

/** The zeros of the digit rows that keyboards and pasted tables bring. */
const zeros = [0x06_60, 0x06_f0, 0x09_66, 0x09_e6, 0x0e_50]

/**
 * A number as somebody typed or pasted it, in ASCII: digits of any keyboard, dashes of any length, no white space and
 * nothing invisible. Undefined when it is too long to be a number.
 */
export function foldTyped(typed: string): string | undefined {
  if (typed.length > longestTyped) return undefined
  if (isPlain(typed)) return typed
  let folded = ''
  for (const char of typed.normalize('NFKC')) {
    if (!/[\s\p{Cf}\p{Cc}]/u.test(char)) folded += foldChar(char)
  }
  return folded
}

/** As nearly all are, of those a program sends: nothing here to fold. */
function isPlain(text: string): boolean {
  return /^[\d+-]*$/.test(text)
}

function foldChar(char: string): string {
  if (/[\p{Pd}\u2212\u2043]/u.test(char)) return '-'
  const code = char.codePointAt(0) ?? 0
  const zero = zeros.find((zero) => code >= zero && code <= zero + 9)
  return zero === undefined ? char : String(code - zero)
}

/** Letters that were meant as digits: O of three alphabets, capital I, small l, Cyrillic З. For numbers without letters only. */
export function lettersAsDigits(folded: string): string {
  if (isPlain(folded)) return folded
  return folded
    .replaceAll(/[OoОоΟο]/gu, '0')
    .replaceAll(/[IlІіΙι|]/gu, '1')
    .replaceAll(/[Зз]/gu, '3')
}
