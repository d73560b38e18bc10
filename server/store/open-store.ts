import { coreMigration, type Migration } from './migrations.ts'
import { openDatabase } from './open-database.ts'
import { createRecordTables, type RecordTables } from './record-tables.ts'
import type { Store } from './store.ts'
import { createWriter, type CommitListener } from './writer.ts'

/** The store as its own neighbours know it: commands and documents take part in its commits. */
export interface OpenStore extends Store {
  readonly tables: RecordTables
  readonly listen: (listener: CommitListener) => void
}

export interface StoreOptions {
  readonly migrations?: readonly Migration[]
  /** The disk has failed; the process must end rather than go on with an unknown file. */
  readonly fatal?: (fault: unknown) => void
}

export function openStore(file: string, options: StoreOptions = {}): OpenStore {
  const db = openDatabase(file, [coreMigration, ...(options.migrations ?? [])])
  const tables = createRecordTables(db)
  const fatal =
    options.fatal ??
    ((fault: unknown) => {
      throw fault
    })
  const writer = createWriter(
    db,
    { mark: tables.mark, undo: tables.forgetSinceMark, undoAll: tables.forgetAll },
    fatal,
  )
  return {
    db,
    tables,
    facts: tables.facts,
    write: writer.write,
    listen: writer.listen,
    async close() {
      await writer.idle()
      db.close()
    },
  }
}
