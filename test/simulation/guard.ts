import { createDecoder, readVarString } from 'lib0/decoding'
import type { OpenStore } from '#server/store/open-store.ts'
import { mayOpen } from '#shared/documents/audience.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import { canariesIn, mayHave, type Canary } from './canaries.ts'
import type { Sim } from './sim.ts'

/** Looks at everything that leaves the server, at the moment it leaves, against what its receiver may have just then. */
export interface Guard {
  readonly frame: (account: string, data: Uint8Array | string, store: OpenStore) => void
  readonly answer: (account: string, asked: string, body: Uint8Array, facts: Facts) => void
  /** What stands on a device that has been in contact. `own`: what its person typed and waits there. */
  readonly device: (account: string, where: string, text: string, own: string, facts: Facts) => void
}

export function createGuard(sim: Sim): Guard {
  function foreign(account: string, text: string, own: string, facts: Facts): readonly Canary[] {
    const found = canariesIn(text)
    if (found.size === 0) return []
    const may = mayHave(account, facts)
    const typed = own === '' ? undefined : canariesIn(own)
    return [...found].filter((one) => !may.has(one) && typed?.has(one) !== true)
  }
  return {
    frame: (account, data, { db, facts }) => {
      // What is sent before COMMIT may never have happened. (That a document closes is no news of it.)
      if (db.inTransaction && typeof data !== 'string') sim.fail(`a frame to ${account} before its commit`)
      const text = typeof data === 'string' ? data : Buffer.from(data).toString('latin1')
      const leaked = foreign(account, text, '', facts)
      if (leaked.length > 0)
        sim.fail(`leak: frame to ${account} carries ${leaked.join(', ')}: ${around(text, leaked)}`)
      if (typeof data === 'string') return
      const name = readVarString(createDecoder(data))
      // The commit that takes the right is the last moment: nothing of the document may follow it (T25).
      if (!mayOpen(account, name, facts)) sim.fail(`push of ${name} to ${account} after its right was gone`)
    },
    answer: (account, asked, body, facts) => {
      const text = Buffer.from(body).toString('latin1')
      const leaked = foreign(account, text, asked, facts)
      if (leaked.length > 0)
        sim.fail(`leak: answer to ${account} carries ${leaked.join(', ')}: ${around(text, leaked)}`)
    },
    device: (account, where, text, own, facts) => {
      const leaked = foreign(account, text, own, facts)
      if (leaked.length > 0)
        sim.fail(`leak: ${where} of ${account} holds ${leaked.join(', ')}: ${around(text, leaked)}`)
    },
  }
}

/** Where it stands, so that it can be found. */
function around(text: string, leaked: readonly Canary[]): string {
  const [first = ''] = leaked
  const at = text.search(new RegExp(first.endsWith('#') ? `640823` : `zq${first}`, 'i'))
  return text.slice(Math.max(0, at - 500), at + 120).replaceAll(/[^\x20-\x7e]+/g, ' ')
}
