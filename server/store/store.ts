import type { Database } from 'better-sqlite3'
import type { Facts } from '#shared/kernel/facts.ts'

/**
 * What the rest of the server may know of the tables. One engine now (SQLite); reads are synchronous and cheap, writes queue.
 */
export interface Store {
  /** For prepared statements. Reads may be made at any time; writes only inside `write`. */
  readonly db: Database
  /** What is committed, as the rules read it (inside a write: including the write so far). */
  readonly facts: Facts
  /**
   * Queues work for the one writer. Many works share one BEGIN IMMEDIATE … COMMIT; a work that throws falls alone and rejects.
   * Resolves only after COMMIT, so what has been answered is on disk (synchronous=FULL). Work is synchronous: nothing can slip in
   * between its reads and its writes. It may be done twice, when another of its company has thrown (then with `careful`): it must
   * write nothing but this database and what the listeners of commits undo. `recover` writes instead of a work that threw, in its
   * place in the queue and in the same commit.
   */
  readonly write: <T>(work: (careful: boolean) => T, recover?: (fault: unknown) => T) => Promise<T>
  /** Waits for queued work, then closes. */
  readonly close: () => Promise<void>
}
