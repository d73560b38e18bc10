import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { actorFor, systemActor } from '#shared/access/actor.ts'
import { commandDefinitions, findCommand } from '#shared/commands.ts'
import { commandsMessageSchema } from '#shared/protocol/commands-message.ts'
import { bondId, decide, demoCommands, given, standing } from '../bond-story.ts'
import { accountOf, demoFacts, id, now, self, today, user } from '../demo-parties.ts'

/** What people, phones and attackers put into fields. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 240 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '\u0000',
    '\u202e9102-385',
    '𝟏𝟗𝟗𝟎𝟎𝟏𝟎𝟏𝟐𝟑𝟖𝟓',
    '19900101‑2385',
    'а'.repeat(40),
    '🤝'.repeat(20),
    '\ud800',
    '٠٩٠١٠١٢٣٨٥',
    "'; DROP TABLE bond; --",
    '=1+1',
    '-0',
    '1e309',
    '٣',
    '0'.repeat(40),
    '199902302385',
    '2026-02-30',
    '9999-12-31',
    '0000-01-01',
  ),
)
const facts = demoFacts()
const bonds = facts.all('bond').map((bond) => bond.id)
const anyId = fc.oneof(fc.constantFrom(...bonds, id('never used')), fc.uuid())
const party = fc.oneof(
  fc.constantFrom(id('P06'), id('C-GRAN'), id('ORG-FYR'), 'self', 'system', '__proto__'),
  nasty,
)
const country = fc.constantFrom('SE', 'FI', 'NO', 'DE')
const type = fc.constantFrom(
  'employed',
  'tied_agent',
  'tied_intermediary',
  'sole_trader',
  'member',
  'other',
  'billing',
  'org_membership',
)
const anyInput = fc.record(
  {
    id: anyId,
    type,
    other: fc.oneof(
      fc.record({ person: fc.record({ name: nasty, nationalId: fc.record({ country, value: nasty }) }) }),
      fc.record({ organisation: fc.record({ regNo: fc.record({ country, value: nasty }) }) }),
      fc.record({ party }),
    ),
    note: nasty,
    rev: fc.oneof(fc.integer({ min: 1 }), fc.double()),
    date: fc.oneof(nasty, fc.constantFrom('2026-12-01', '2027-02-31', '0001-01-01', '9999-12-31')),
    reason: nasty,
    payer: party,
    feeKind: fc.constantFrom('*', 'test', 'admin'),
    locale: fc.constantFrom('sv', 'nb', 'fi'),
  },
  { requiredKeys: [] },
)

/** Leaves of the input that a command's schema knows. */
function fitting(schema: unknown, input: Record<string, unknown>): Record<string, unknown> {
  const entries = (schema as { entries: Record<string, unknown> }).entries
  return Object.fromEntries(Object.entries(input).filter(([key]) => Object.hasOwn(entries, key)))
}

describe('deciding', () => {
  test('[K10] nothing the schema lets through makes a decision throw, whoever asks', () => {
    const actors = [
      self('P06'),
      self('P21'),
      user('C-GRAN'),
      user('ORG-FYR'),
      user('C-STRAND'),
      user('E-SAARI'),
      user('KANSLI'),
      systemActor,
    ]
    const reached = new Set<string>()
    let decided = 0
    fc.assert(
      fc.property(
        anyInput,
        fc.nat(commandDefinitions.length - 1),
        fc.nat(actors.length - 1),
        fc.boolean(),
        (raw, n, who, complete) => {
          const definition = commandDefinitions[n]!
          const parsed = v.safeParse(definition.input, fitting(definition.input, raw))
          if (!parsed.success) return
          const request = { input: parsed.output, actor: actors[who]!, now, today, mint: () => id('minted') }
          const decision = definition.decide(request as never, { ...facts, complete })
          decided += 1
          if (decision.ok) return
          reached.add(decision.refusal.code)
          expect(definition.refusals).toContain(decision.refusal.code)
          expect(decision.refusal.rule).toMatch(/^[ABP]\d+$/)
          for (const param of Object.values(decision.refusal.params ?? {}))
            expect(typeof param).toBe('string')
        },
      ),
      { numRuns: 20_000 },
    )
    expect(decided).toBeGreaterThan(3000)
    expect(reached.size).toBeGreaterThan(8)
  })

  test('[K8] a stranger is told the same, whatever stands in the input', () => {
    const told = standing('employed', 'P06', 'C-GRAN')
    const inputs = [{}, { date: '2027-02-31' }, { date: '2020-01-01' }, { reason: 'x' }]
    const answers = inputs.map(
      (more) =>
        given(told).when('bond.end', { id: bondId('employed', 'P06', 'C-GRAN'), ...more }, user('C-TALL'))
          .decision,
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })

  test('[K9] the device’s time stands in the message and nowhere in what is decided on', () => {
    for (const { input } of commandDefinitions) {
      for (const key of Object.keys((input as unknown as { entries: object }).entries)) {
        expect(['madeAt', 'at', 'now', 'time']).not.toContain(key)
      }
    }
    const { facts: after } = given(standing('other', 'P06', 'C-GRAN'))
      .when('bond.end', { id: bondId('other', 'P06', 'C-GRAN') }, self('P06'), {
        now: '2026-11-23T10:00:00.000Z',
      })
      .thenChanges({ type: 'bondEnded', at: '2026-11-23T10:00:00.000Z' })
    expect(after.all('bond')).toHaveLength(1)
  })

  test('[K7] an account speaks for itself and for its roles; the house’s own commands are marked', () => {
    expect(actorFor(accountOf('P06'), id('C-GRAN'), facts)).toBeUndefined()
    expect(actorFor(accountOf('P06'), 'system', facts)).toBeUndefined()
    expect(commandDefinitions.filter((one) => one.systemOnly === true).map((one) => one.type)).toEqual([
      'bond.expire',
      'bond.lapse',
    ])
    expect(findCommand('toString')).toBeUndefined()
    expect(findCommand('__proto__')).toBeUndefined()
  })

  test('[K11] whatever a command is refused with has been declared, and each code is declared once', () => {
    for (const { refusals } of commandDefinitions) {
      expect(refusals.length).toBeGreaterThan(0)
      expect(new Set(refusals).size).toBe(refusals.length)
    }
    expect(() => decide(facts, 'bond.end', { id: 'not an id' }, self('P06'))).toThrow(/UUID/)
  })
})

describe('input', () => {
  test('[K12] keys nobody declared are refused, __proto__ among them', () => {
    for (const { type: name, input } of commandDefinitions) {
      for (const text of ['{"surprise":1}', '{"__proto__":{"id":"x"}}', '{"constructor":{}}']) {
        const valid = demoCommands[name]
        const hostile = JSON.parse(`${JSON.stringify(valid).slice(0, -1)},${text.slice(1)}`)
        expect(v.safeParse(input, valid).success ? '' : name).toBe('')
        expect(v.safeParse(input, hostile).success ? `${name} ${text}` : '').toBe('')
      }
    }
    expect(({} as { id?: string }).id).toBeUndefined()
  })

  test('[K12] what comes out of the schema has the plain prototype and own keys', () => {
    const hostile = Object.assign(Object.create({ date: '2026-12-01' }), { id: bonds[0] })
    const parsed = v.safeParse(findCommand('bond.end')!.input, hostile)
    const output = parsed.output as object
    expect(Object.getPrototypeOf(output)).toBe(Object.prototype)
    expect(parsed.success).toBe(true)
  })

  test('[K16] every text and every list has a longest length', () => {
    const unbounded: string[] = []
    for (const { type: name, input } of commandDefinitions) walk(input, name, unbounded)
    walk(commandsMessageSchema.entries.commands, 'message', unbounded)
    walk(commandsMessageSchema.entries.device, 'message.device', unbounded)
    expect(unbounded).toEqual([])
  })
})

interface Node {
  readonly type: string
  readonly entries?: Record<string, Node>
  readonly options?: readonly Node[]
  readonly wrapped?: Node
  readonly item?: Node
  readonly pipe?: readonly Node[]
}

const lengths = ['max_length', 'length']

function walk(node: Node, path: string, unbounded: string[]): void {
  if ((node.type === 'string' || node.type === 'array') && !isBounded(node)) unbounded.push(path)
  for (const [key, entry] of Object.entries(node.entries ?? {})) walk(entry, `${path}.${key}`, unbounded)
  if (node.type === 'union') for (const option of node.options ?? []) walk(option, path, unbounded)
  if (node.wrapped !== undefined) walk(node.wrapped, path, unbounded)
  if (node.item !== undefined) walk(node.item, `${path}[]`, unbounded)
}

/** A pipe that begins with another pipe has its bound there. */
function isBounded(node: Node): boolean {
  return (node.pipe ?? []).some(
    (part) => lengths.includes(part.type) || (part !== node && part.pipe !== undefined && isBounded(part)),
  )
}
