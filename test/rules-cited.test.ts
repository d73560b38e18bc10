import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

function filesUnder(folder: string, ending: RegExp): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => join(folder, file))
    .sort()
}

/** Every rule there is, by its number: `- **B7** The proposer cannot …`. */
const specs = filesUnder('shared', /(^|\/)SPEC\.md$/)
const rules = specs.flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^- \*\*([A-Z]\d+)\*\* (.+)$/gm)].map(
    ([, number = '', words = '']) => ({
      number,
      words,
      file,
    }),
  ),
)

/** Every citation in the title of a test: `test('[B7] …'`, also of `describe` and `test.each(…)(…`. */
const citations = filesUnder('test', /\.(test|fuzz\.test|dom\.test)\.tsx?$/).flatMap((file) => {
  const text = readFileSync(join(root, file), 'utf8')
  const titles = text.matchAll(
    /(?:\b(?:test|it|describe|scenario)\b[\w.]*\(|\)\()\s*(['"`])((?:(?!\1).)*)\1/g,
  )
  return [...titles].flatMap(([, , title = '']) =>
    [...title.matchAll(/\[([A-Z]\d+)\]/g)].map(([, number = '']) => ({ number, file, title })),
  )
})

test('every rule has a number of its own', () => {
  expect(specs.map((file) => dirname(relative('shared', file)))).toEqual(
    expect.arrayContaining(['access', 'bonds', 'documents', 'identity', 'kernel', 'payers']),
  )
  const twice = rules.filter(({ number }, n) => rules.findIndex((other) => other.number === number) !== n)
  expect(twice).toEqual([])
  expect(rules.length).toBeGreaterThan(90)
})

test('every line of a SPEC.md that looks like a rule is one', () => {
  for (const file of specs) {
    const loose = readFileSync(join(root, file), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('- ') && !/^- \*\*[A-Z]\d+\*\* \S/.test(line))
    expect({ file, loose }).toEqual({ file, loose: [] })
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length - 1
    expect(lines > 80 ? file : '').toBe('')
  }
})

test('every rule is cited by the title of a test', () => {
  const cited = new Set(citations.map(({ number }) => number))
  const uncited = rules
    .filter(({ number }) => !cited.has(number))
    .map(({ number, words, file }) => `${number} ${words} (${file})`)
  expect(uncited).toEqual([])
})

test('every citation is of a rule', () => {
  const known = new Set(rules.map(({ number }) => number))
  expect(citations.filter(({ number }) => !known.has(number))).toEqual([])
})
