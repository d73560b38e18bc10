import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseSync } from 'vite'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { commandDefinitions } from '#shared/commands.ts'
import { commandsMessageSchema } from '#shared/protocol/commands-message.ts'
import { handshakeSchema } from '#shared/protocol/documents-message.ts'
import { withHouse } from '../../scenarios/with-house.ts'
import { inputOf, type SchemaNode } from '../commands/schema-values.ts'

/** What a value goes through, also where one pipe begins with another. */
function stepsOf(schema: SchemaNode): readonly SchemaNode[] {
  return (schema.pipe ?? []).flatMap((step) =>
    step !== schema && step.pipe !== undefined ? [step, ...stepsOf(step)] : [step],
  )
}

/** Every place of a schema that could grow without end, by its path. */
function unbounded(schema: SchemaNode, path: string): readonly string[] {
  const checks = stepsOf(schema)
    .filter((step) => step.kind === 'validation')
    .map((step) => step.type)
  const isShort = checks.some((check) => ['max_length', 'length', 'max_bytes'].includes(check))
  const inner = [
    ...Object.entries(schema.entries ?? {}).map(([key, field]) => [field, `${path}.${key}`] as const),
    ...(schema.wrapped === undefined ? [] : [[schema.wrapped, path] as const]),
    ...(schema.item === undefined ? [] : [[schema.item, `${path}[]`] as const]),
    ...(schema.type === 'union'
      ? (schema.options as readonly SchemaNode[]).map((option, at) => [option, `${path}|${at}`] as const)
      : []),
  ]
  const below = inner.flatMap(([field, place]) => unbounded(field, place))
  switch (schema.type) {
    case 'string':
    case 'array':
      return isShort ? below : [path, ...below]
    case 'object':
    case 'loose_object':
    case 'record':
      return [`${path} (takes any key)`, ...below]
    case 'number':
      return checks.some((check) => ['safe_integer', 'integer', 'finite'].includes(check))
        ? below
        : [`${path} (any number)`]
    case 'strict_object':
    case 'union':
    case 'optional':
    case 'picklist':
    case 'literal':
    case 'boolean':
    case 'nullable':
      return below
    default:
      return [`${path} (${schema.type})`, ...below]
  }
}

describe('[K16] nothing that comes in is without end', () => {
  test.each(commandDefinitions.map((definition) => [definition.type, definition] as const))(
    '%s',
    (type, definition) => {
      expect(unbounded(inputOf(definition), type)).toEqual([])
    },
  )

  test('the envelope: only what is checked later, or looked at by nobody, is open', () => {
    expect(unbounded(commandsMessageSchema as unknown as SchemaNode, 'call')).toEqual([
      'call.commands[].input (unknown)',
      'call.commands[].basis (unknown)',
    ])
    expect(unbounded(handshakeSchema as unknown as SchemaNode, 'handshake')).toEqual([])
  })

  test('this test can fail', () => {
    const open = { kind: 'schema', type: 'string' }
    expect(unbounded({ kind: 'schema', type: 'strict_object', entries: { open } }, 'x')).toEqual(['x.open'])
  })

  test('the doors whose schemas are their own refuse the long as well', async () => {
    const house = await withHouse()
    const user = await house.signIn('P06')
    const long = 'x'.repeat(100_000)
    const post = async (path: string, body: unknown) =>
      (
        await user.fetch(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).status
    expect(await post('/api/session/code', { email: `${long}@example.test` })).toBe(400)
    expect(await post('/api/session', { email: 'p06@example.test', code: long })).toBe(400)
    expect(await post('/api/documents/handshake', { as: long, have: [] })).toBe(400)
    for (const path of [
      `/api/documents?as=${'x'.repeat(6000)}`,
      `/api/documents/copy?name=${'x'.repeat(6000)}`,
    ])
      expect((await user.fetch(path)).status).toBe(400)
    const closed = await new Promise((resolve) => {
      const ws = new WebSocket(`${house.url.replace('http', 'ws')}/sync`, {
        headers: { cookie: user.cookie },
      })
      ws.on('open', () => ws.send(JSON.stringify({ open: 'x'.repeat(2000) })))
      ws.on('close', resolve)
    })
    expect(closed).toBe(4400)
  })
})

const top = join(import.meta.dirname, '..', '..', '..')

interface Literal {
  readonly source: string
  readonly flags: string
  readonly where: string
}

/** Every regular expression written in the house, and every one made from text. */
function expressions(): { readonly literals: readonly Literal[]; readonly made: readonly string[] } {
  const literals: Literal[] = []
  const made: string[] = []
  for (const folder of ['shared', 'server', 'client']) {
    for (const entry of readdirSync(join(top, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue
      const file = join(entry.parentPath, entry.name)
      const text = readFileSync(file, 'utf8')
      const where = file.slice(top.length + 1)
      walk(parseSync(file, text).program, (node) => {
        const { regex } = node as { regex?: { pattern: string; flags: string } }
        if (node['type'] === 'Literal' && regex !== undefined)
          literals.push({ source: regex.pattern, flags: regex.flags, where })
        const callee = node['callee'] as { name?: string } | undefined
        if (
          (node['type'] === 'NewExpression' || node['type'] === 'CallExpression') &&
          callee?.name === 'RegExp'
        )
          made.push(where)
      })
    }
  }
  return { literals, made }
}

function walk(node: unknown, visit: (node: Record<string, unknown>) => void): void {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) visit(node as Record<string, unknown>)
  for (const child of Object.values(node)) walk(child, visit)
}

interface Verdict {
  readonly status: string
  readonly complexity: string
}

/** The pure checker takes a while for each; what has been looked at once is remembered beside the other caches. */
async function verdictsOn(literals: readonly Literal[]): Promise<ReadonlyMap<string, Verdict>> {
  process.env['RECHECK_BACKEND'] = 'pure'
  const { checkSync } = await import('recheck')
  const file = join(top, 'node_modules', '.cache', 'handslag', 'expressions.json')
  const known = new Map<string, Verdict>(
    existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Verdict>) : [],
  )
  for (const { source, flags } of literals) {
    const key = `/${source}/${flags}`
    if (known.has(key)) continue
    // The checker is older than the flag v, and knows u; the two read these the same.
    const verdict = checkSync(source, flags.replace('v', 'u'), { timeout: 10_000 })
    known.set(key, {
      status: verdict.status,
      complexity: 'complexity' in verdict ? verdict.complexity.type : '',
    })
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(Object.fromEntries(known)))
  return known
}

test('no regular expression of the house can be made to search for ever', { timeout: 120_000 }, async () => {
  const { literals, made } = expressions()
  expect(made).toEqual([])
  const verdicts = await verdictsOn(literals)
  const bad = literals
    .map((literal) => ({ ...literal, ...verdicts.get(`/${literal.source}/${literal.flags}`)! }))
    .filter(({ status }) => status !== 'safe')
    .map(({ source, where, status, complexity }) => `${where}: /${source}/ ${status} ${complexity}`)
  console.log(`${literals.length} regular expressions`)
  expect(bad).toEqual([])
  expect(literals.length).toBeGreaterThan(10)
})
