import * as v from 'valibot'
import { expect, test } from 'vitest'
import { openApiDocument } from '#server/openapi.ts'
import { commandDefinitions } from '#shared/commands.ts'
import { defineCommand } from '#shared/kernel/command.ts'
import { accept } from '#shared/kernel/decision.ts'

interface Schema {
  readonly description?: string
  readonly properties: Readonly<Record<string, Record<string, unknown>>>
  readonly required: readonly string[]
  readonly additionalProperties?: boolean
  readonly oneOf?: readonly { readonly $ref: string }[]
  readonly 'x-refusals'?: readonly string[]
}
interface Description {
  readonly openapi: string
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Record<string, unknown> }>>>
  >
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const describe = (commands = commandDefinitions) => openApiDocument(commands) as unknown as Description

test('every door of the contract is described', () => {
  const { openapi, paths } = describe()
  const doors = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  expect(openapi).toBe('3.1.0')
  expect(doors.sort()).toEqual([
    'delete /api/session',
    'get /api/documents',
    'get /api/documents/copy',
    'get /api/openapi.json',
    'get /api/session',
    'get /healthz',
    'get /readyz',
    'get /sync',
    'get /sync/{name}',
    'post /api/commands',
    'post /api/documents/handshake',
    'post /api/session',
    'post /api/session/code',
  ])
  expect(Object.keys(paths['/api/commands']!['post']!.responses)).toEqual([
    '200',
    '400',
    '401',
    '403',
    '413',
    '429',
    '503',
  ])
})

test('every command a person may give is there with its own input, version and refusals', () => {
  const { schemas } = describe().components
  const open = commandDefinitions.filter((command) => command.systemOnly !== true)
  expect(open.length).toBeGreaterThan(5)
  expect(schemas['Command']!.oneOf!.map((one) => one.$ref.split('/').at(-1))).toEqual(
    open.map((command) => command.type),
  )
  for (const command of open) {
    const schema = schemas[command.type]!
    expect(schema.properties['type']).toEqual({ const: command.type })
    expect(schema.properties['input']!['type']).toBe('object')
    expect(schema['x-refusals']).toEqual(command.refusals)
    expect(schema.description).toBe(command.about)
    expect(schema.required).toContain('input')
  }
})

test('what only the house itself may issue is not on offer', () => {
  expect(JSON.stringify(describe())).not.toMatch(/bond\.(?:expire|lapse)/)
})

test('the input is described by the schema that checks it, bounds and all', () => {
  const wish = defineCommand<{ id: string; note?: string | undefined }>({
    type: 'test.wish',
    version: 3,
    about: 'A wish.',
    input: v.strictObject({
      id: v.pipe(v.string(), v.maxLength(64)),
      note: v.optional(
        v.pipe(
          v.string(),
          v.maxLength(5),
          v.transform((text) => text.trim()),
        ),
      ),
    }),
    refusals: ['test/no'],
    decide: () => accept(),
  })
  const schema = describe([wish]).components.schemas['test.wish']!
  expect(schema.properties['input']).toEqual({
    type: 'object',
    properties: { id: { type: 'string', maxLength: 64 }, note: { type: 'string', maxLength: 5 } },
    required: ['id'],
    additionalProperties: false,
  })
  expect(schema.properties['version']).toEqual({ type: 'integer', minimum: 1, maximum: 3 })
})

test('every reference leads somewhere', () => {
  const text = JSON.stringify(describe())
  const { schemas } = describe().components
  const refs = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]!)
  expect(refs.length).toBeGreaterThan(10)
  expect(refs.filter((name) => !Object.hasOwn(schemas, name))).toEqual([])
})
