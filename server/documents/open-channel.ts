import { mayOpen } from '#shared/documents/audience.ts'
import type { Facts } from '#shared/kernel/facts.ts'
import { closeCodes } from '#shared/protocol/close-codes.ts'
import type { AnswerBudget } from './answer-budget.ts'
import { createChannel, type Channel } from './channel.ts'
import type { Documents } from './documents.ts'

export interface OpenChannelDeps {
  readonly documents: Documents
  readonly facts: Facts
  readonly budget?: AnswerBudget
}

export interface Asked {
  readonly account: string
  readonly name: string
  /** The epoch of the device's copy; undefined when it has none or does not say. */
  readonly epoch: string | undefined
  readonly send: (bytes: Uint8Array) => void
  readonly close: (code: number, reason: string) => void
}

/**
 * Opens a document for an account, or closes with the reason. The right is read before anything is loaded, so that absent and
 * forbidden cost the same and look the same; and once more after loading, because a role may end meanwhile.
 */
export async function openChannel(deps: OpenChannelDeps, asked: Asked): Promise<Channel | undefined> {
  const { account, name, epoch, send, close } = asked
  const may = () => mayOpen(account, name, deps.facts)
  const refuse = (code: number, reason: string) => {
    close(code, reason)
    return undefined
  }
  if (!may()) return refuse(closeCodes.noDocument, 'no such document')
  const document = await deps.documents.open(name)
  if (document === undefined || !may()) return refuse(closeCodes.noDocument, 'no such document')
  if (epoch !== undefined && epoch !== document.epoch) return refuse(closeCodes.otherEpoch, 'new epoch')
  const { documents, budget } = deps
  return createChannel({
    documents,
    document,
    account,
    send,
    close,
    ...(budget === undefined ? {} : { budget }),
  })
}
