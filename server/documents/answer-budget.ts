import { createTokenBuckets } from '../limits/token-bucket.ts'

/** What answering the devices of an account may cost. Computing what is missing costs the house time, a whole copy the wire. */
export interface AnswerBudget {
  /** False: asked too often; hang up. */
  readonly mayAnswer: (account: string) => boolean
  /** False: the whole copy, which is made once for all, must do. It is never wrong, only larger. */
  readonly mayCompute: (account: string) => boolean
}

/** A device asks once per document and connection; somebody who asks without end must not keep the others waiting. */
export function createAnswerBudget(socketsPerAccount: number): AnswerBudget {
  const buckets = createTokenBuckets()
  const answers = { burst: 4 * socketsPerAccount, perMinute: 300 }
  const computed = { burst: 16, perMinute: 60 }
  return {
    mayAnswer: (account) => buckets.take('answer', account, answers) === 0,
    mayCompute: (account) => buckets.take('compute', account, computed) === 0,
  }
}
