import type { Column, RecordKind, Records } from '../records.ts'

/**
 * What a rule may look at. On the server it reads the tables inside the write transaction; on a device it reads what the
 * device may see. Reading is the only thing a rule can do with it, so a rule stays a pure function of its facts.
 */
export interface Facts {
  get<K extends RecordKind>(kind: K, id: string): Records[K] | undefined
  /** In the order of their ids, so that every reader computes the same. */
  find<K extends RecordKind>(kind: K, column: Column<K>, key: string): readonly Records[K][]
  /**
   * False on a device: what is not found there may still exist. A rule that needs the unseen says so and lets the command
   * pass to the server, which decides with authority.
   */
  readonly complete: boolean
}
