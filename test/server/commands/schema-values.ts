import type { AnyCommandDefinition } from '#shared/kernel/command.ts'

/** A valibot schema as it is inside: enough to walk it. */
export interface SchemaNode {
  readonly kind: string
  readonly type: string
  readonly entries?: Readonly<Record<string, SchemaNode>>
  readonly wrapped?: SchemaNode
  readonly options?: readonly unknown[]
  readonly item?: SchemaNode
  readonly pipe?: readonly SchemaNode[]
  readonly requirement?: unknown
}

export const inputOf = (definition: AnyCommandDefinition): SchemaNode => definition.input

/** Every way to fill a schema in so that it is right: one value for each branch of each choice. */
export function rightValues(schema: SchemaNode): readonly unknown[] {
  switch (schema.type) {
    case 'strict_object':
    case 'object': {
      let all: Record<string, unknown>[] = [{}]
      for (const [key, field] of Object.entries(schema.entries ?? {})) {
        const values = rightValues(field)
        all = values.flatMap((value) => all.slice(0, 8).map((one) => ({ ...one, [key]: value })))
      }
      return all
    }
    case 'union':
      return (schema.options as readonly SchemaNode[]).flatMap(rightValues)
    case 'optional':
      return schema.wrapped === undefined ? [] : rightValues(schema.wrapped)
    case 'picklist':
      return (schema.options ?? []).slice(0, 2)
    case 'string':
      return [stringFor(schema)]
    case 'number':
      return [1]
    case 'boolean':
      return [true]
    case 'array':
      return [[]]
    default:
      throw new Error(`a schema this test does not know: ${schema.type}`)
  }
}

function stringFor(schema: SchemaNode): string {
  const checks = (schema.pipe ?? []).map((step) => step.type)
  if (checks.includes('uuid')) return '0190163d-8694-739b-aea5-966c26f8ad90'
  if (checks.includes('iso_date')) return '2026-12-01'
  return 'abc'
}

/** Where in a value there are objects and leaves, as paths. */
export function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))]
}

export function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string, unknown>)[key], value)
}

/** A copy as JSON text in which the value at the path is other text: so also keys no literal can write can be written. */
export function jsonWith(value: unknown, path: readonly string[], json: string): string {
  if (path.length === 0) return json
  const [head, ...rest] = path
  const parts = Object.entries(value as Record<string, unknown>).map(
    ([key, inner]) =>
      `${JSON.stringify(key)}:${key === head ? jsonWith(inner, rest, json) : JSON.stringify(inner)}`,
  )
  return `{${parts.join(',')}}`
}

/** An object's JSON with one member more. */
export function jsonWithMember(value: unknown, member: string): string {
  const text = JSON.stringify(value)
  return text === '{}' ? `{${member}}` : `${text.slice(0, -1)},${member}}`
}
