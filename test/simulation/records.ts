import type { CommandResult } from '#shared/protocol/commands-message.ts'
import type { Sim } from './sim.ts'

export interface Promised {
  readonly id: string
  readonly account: string
  readonly device: string
}

/** What people were told, to hold the house to. */
export interface Records {
  /** A device has said that the command is saved. */
  readonly promised: (id: string, account: string, device: string) => void
  readonly cancelled: (id: string) => void
  /** The person signed out and let go of what had not been sent. */
  readonly erased: (device: string) => void
  readonly refusalShown: (id: string, code: string) => void
  readonly heard: (account: string, result: CommandResult) => void
  /** Two devices with the same document at the same number must hold the same. */
  readonly content: (name: string, epoch: string, seq: number, content: string) => void
  readonly all: () => readonly Promised[]
  readonly wasCancelled: (id: string) => boolean
  readonly wasErased: (promised: Promised) => boolean
  readonly shownRefusal: (id: string) => string | undefined
  readonly heardResults: () => ReadonlyMap<string, string>
}

export function createRecords(sim: Sim): Records {
  const promised: Promised[] = []
  const cancelled = new Set<string>()
  const erased = new Set<Promised>()
  const shown = new Map<string, string>()
  const results = new Map<string, string>()
  const contents = new Map<string, string>()
  return {
    promised: (id, account, device) => void promised.push({ id, account, device }),
    cancelled: (id) => void cancelled.add(id),
    erased: (device) => {
      for (const one of promised) if (one.device === device) erased.add(one)
    },
    refusalShown: (id, code) => void shown.set(id, code),
    heard: (account, result) => {
      const text = JSON.stringify(result)
      const before = results.get(result.id)
      if (before !== undefined && before !== text)
        sim.fail(`two answers to one command of ${account}: ${before} and ${text}`)
      results.set(result.id, text)
    },
    content: (name, epoch, seq, content) => {
      const key = `${name} ${epoch} ${seq}`
      const before = contents.get(key)
      if (before !== undefined && before !== content) sim.fail(`${key} is not the same everywhere`)
      contents.set(key, content)
      sim.count('contents compared')
    },
    all: () => promised,
    wasCancelled: (id) => cancelled.has(id),
    wasErased: (one) => erased.has(one),
    shownRefusal: (id) => shown.get(id),
    heardResults: () => results,
  }
}
