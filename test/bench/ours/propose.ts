import { randomUUID } from 'node:crypto'
import { v7 } from 'uuid'
import type { GeneratedPerson } from '#server/demo/generated/parties.ts'
import { requestBytes } from './call-line.ts'

/** A person's or company's device as the bench needs it: an id, and numbers that only rise. */
export interface BenchDevice {
  readonly id: string
  seq: number
}

export function newDevice(): BenchDevice {
  return { id: randomUUID(), seq: 0 }
}

/** A company asks a person to be its employee: about 300 bytes. */
export function propose(device: BenchDevice, company: string, person: GeneratedPerson): string {
  const { country, value } = person.nationalId
  const other = { person: { name: person.name, nationalId: { country, value } } }
  return command(device, company, 'bond.propose', { id: v7(), type: 'employed', other })
}

/** A company says yes to a person who has asked. */
export function confirm(device: BenchDevice, company: string, bond: string): string {
  return command(device, company, 'bond.confirm', { id: bond, rev: 1 })
}

/** The company takes its question back. */
export function withdraw(device: BenchDevice, company: string, bond: string): string {
  return command(device, company, 'bond.withdraw', { id: bond })
}

function command(device: BenchDevice, as: string, type: string, input: object): string {
  device.seq += 1
  return JSON.stringify({
    id: v7(),
    seq: device.seq,
    as,
    type,
    version: 1,
    input,
    madeAt: '2026-11-23T08:00:00.000Z',
  })
}

/** Calls of at most so many commands each, as the app's outbox makes them. */
export function callsOf(
  cookie: string,
  device: BenchDevice,
  commands: readonly string[],
  most: number,
): readonly Buffer[] {
  const calls: Buffer[] = []
  for (let n = 0; n < commands.length; n += most) {
    calls.push(
      requestBytes(cookie, `{"device":"${device.id}","commands":[${commands.slice(n, n + most).join(',')}]}`),
    )
  }
  return calls
}

/** Every command must have been accepted, or the run measured something else. */
export function assertAccepted(answer: string): void {
  const other = /\{"id":"[^"]+","status":"(?!accepted)[^}]*/.exec(answer)
  if (other !== null) throw new Error(`not accepted: ${other[0]}`)
}
