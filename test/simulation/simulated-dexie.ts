import type { MemoryDatabase, MemoryDisk, MemoryTable } from './memory-disk.ts'

/** Stands in for `dexie` in a simulated process: as much of it as the client asks for, on a disk in memory. */
export class Dexie {
  readonly #database: MemoryDatabase
  readonly #tables: Record<string, MemoryTable> = {}

  constructor(name: string, { indexedDB }: { readonly indexedDB: unknown }) {
    this.#database = (indexedDB as MemoryDisk).database(name)
  }

  version(): { readonly stores: (schema: Readonly<Record<string, string>>) => void } {
    return {
      stores: (schema) => {
        for (const [table, keys] of Object.entries(schema)) {
          this.#tables[table] = this.#database.table(table, keys.split(',', 1)[0]?.trim() ?? '')
        }
        Object.assign(this, this.#tables)
      },
    }
  }

  on(): void {}

  async open(): Promise<void> {}

  close(): void {}

  backendDB(): unknown {
    return this.#database.raw()
  }

  transaction(_mode: string, ...given: unknown[]): Promise<unknown> {
    return this.#database.transact(given.at(-1) as () => Promise<unknown>)
  }
}
