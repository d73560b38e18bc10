import { toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import type { AnyCommandDefinition } from '#shared/kernel/command.ts'
import { commandsMessageSchema } from '#shared/protocol/commands-message.ts'
import { documentCopyPath, handshakeSchema } from '#shared/protocol/documents-message.ts'
import { routeDescriptions, type RouteDescription } from './openapi-routes.ts'

type Json = Readonly<Record<string, unknown>>

/** The public description, made of the same schemas that check the input, so that it cannot say anything else. */
export function openApiDocument(commands: readonly AnyCommandDefinition[]): Json {
  const open = commands.filter((command) => command.systemOnly !== true)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Handslag',
      version: '1',
      description:
        'Commands say what somebody wants and have one fate each; documents are what one audience may see (WS /sync/NAME, y-websocket protocol).',
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }],
    paths: pathsOf(routeDescriptions),
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'handslag_session',
          description: '`__Host-handslag_session` when reached over https.',
        },
      },
      schemas: {
        ...Object.fromEntries(open.map((command) => [nameOf(command), commandSchema(command)])),
        Command: {
          oneOf: open.map((command) => ({ $ref: `#/components/schemas/${nameOf(command)}` })),
          discriminator: {
            propertyName: 'type',
            mapping: Object.fromEntries(
              open.map((command) => [command.type, `#/components/schemas/${nameOf(command)}`]),
            ),
          },
        },
        Commands: commandsSchema(),
        Handshake: jsonSchema(handshakeSchema),
        ...answerSchemas,
      },
    },
  }
}

/** `bond.cancel-end` → `bond.cancel-end`: dots and dashes are allowed in component names. */
function nameOf(command: AnyCommandDefinition): string {
  return command.type
}

/** One command as it stands on the wire, with its own input. `x-refusals` is everything it can be answered with. */
function commandSchema(command: AnyCommandDefinition): Json {
  const envelope = jsonSchema(commandsMessageSchema.entries.commands.pipe[0].item)
  return {
    ...envelope,
    description: command.about,
    properties: {
      ...(envelope['properties'] as Json),
      type: { const: command.type },
      version: { type: 'integer', minimum: 1, maximum: command.version },
      input: jsonSchema(command.input),
    },
    'x-version': command.version,
    'x-refusals': command.refusals,
  }
}

function commandsSchema(): Json {
  const message = jsonSchema(commandsMessageSchema)
  const properties = message['properties'] as { readonly commands: Json }
  return {
    ...message,
    properties: {
      ...properties,
      commands: { ...properties.commands, items: { $ref: '#/components/schemas/Command' } },
    },
  }
}

/** What a check cannot say in JSON Schema is left out; the rest stays exact. */
function jsonSchema(schema: GenericSchema): Json {
  const { $schema: _, ...rest } = toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' })
  return rest
}

function pathsOf(routes: readonly RouteDescription[]): Json {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = (paths[route.path] ??= {})
    path[route.method] = {
      summary: route.summary,
      ...(route.open === true ? { security: [] } : {}),
      ...(route.parameters === undefined ? {} : { parameters: route.parameters.map(parameter) }),
      ...(route.body === undefined
        ? {}
        : { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
      responses: Object.fromEntries(
        route.answers.map(([status, description, schema]) => [
          String(status),
          schema === undefined
            ? { description }
            : { description, content: { [contentTypeOf(route)]: { schema } } },
        ]),
      ),
    }
  }
  return paths
}

function contentTypeOf(route: RouteDescription): string {
  return route.path === documentCopyPath ? 'application/octet-stream' : 'application/json'
}

function parameter(name: string): Json {
  const inPath = name.startsWith('{')
  return {
    name: inPath ? name.slice(1, -1) : name,
    in: inPath ? 'path' : 'query',
    required: inPath || name !== 'everywhere',
    schema: { type: 'string', maxLength: 160 },
  }
}

const text: Json = { type: 'string' }
const instant: Json = { type: 'string', format: 'date-time' }

function object(properties: Readonly<Record<string, Json>>, optional: readonly string[] = []): Json {
  const required = Object.keys(properties).filter((name) => !optional.includes(name))
  return { type: 'object', properties, required }
}

function list(items: Json): Json {
  return { type: 'array', items }
}

const answerSchemas: Json = {
  Problem: object({ code: text, field: text, reference: text }, ['field', 'reference']),
  Session: object({
    account: text,
    person: object({ id: text, name: text, email: text, locale: text }),
    roles: list(
      object({ party: text, name: text, kind: text, tier: { type: ['string', 'null'] }, rights: list(text) }),
    ),
    register: object({ name: text, office: text }),
    now: instant,
    today: { type: 'string', format: 'date' },
  }),
  CommandsAnswer: object({
    results: list(
      object(
        {
          id: text,
          status: { enum: ['accepted', 'refused', 'failed'] },
          code: text,
          params: { type: 'object', additionalProperties: text },
          rule: text,
          at: instant,
          documents: list(object({ name: text, seq: { type: 'integer' } })),
        },
        ['code', 'params', 'rule'],
      ),
    ),
  }),
  Documents: list(object({ name: text, view: text, epoch: text })),
  HandshakeAnswer: object({
    now: instant,
    documents: list(
      object({ name: text, view: text, epoch: text, seq: { type: 'integer' }, purge: list(text) }),
    ),
    drop: list(text),
  }),
}
