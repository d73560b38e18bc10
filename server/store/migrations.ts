import type { Database } from 'better-sqlite3'

/**
 * Each migration runs once, in order, in a transaction of its own with its mark. Landed ones never change.
 * Tables of records: id, rev, the columns that indexes and constraints need, and the record as JSON.
 */
export interface Migration {
  readonly name: string
  readonly sql: string
}

export const coreMigration: Migration = {
  name: '001-core',
  sql: `
    CREATE TABLE house (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE person (id TEXT NOT NULL PRIMARY KEY, rev INTEGER NOT NULL, nationalId TEXT UNIQUE, record TEXT NOT NULL);
    CREATE TABLE organisation (id TEXT NOT NULL PRIMARY KEY, rev INTEGER NOT NULL, regNo TEXT UNIQUE, record TEXT NOT NULL);
    CREATE TABLE account (id TEXT NOT NULL PRIMARY KEY, rev INTEGER NOT NULL, person TEXT NOT NULL UNIQUE, email TEXT NOT NULL UNIQUE,
      record TEXT NOT NULL);
    CREATE TABLE staffRole (id TEXT NOT NULL PRIMARY KEY, rev INTEGER NOT NULL, account TEXT NOT NULL, party TEXT NOT NULL,
      record TEXT NOT NULL);
    CREATE INDEX staffRole_account ON staffRole (account);
    CREATE INDEX staffRole_party ON staffRole (party);
    CREATE TABLE bond (id TEXT NOT NULL PRIMARY KEY, rev INTEGER NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, due TEXT,
      type TEXT NOT NULL, slot INTEGER, record TEXT NOT NULL);
    -- Of those that stand (slot 1, else NULL, which is never equal) one only; also by what a party's bonds are found.
    CREATE UNIQUE INDEX bond_a ON bond (a, b, type, slot);
    CREATE INDEX bond_b ON bond (b);
    CREATE INDEX bond_due ON bond (due) WHERE due IS NOT NULL;
    CREATE TABLE payerChoice (id TEXT NOT NULL PRIMARY KEY, rev INTEGER NOT NULL, person TEXT NOT NULL, record TEXT NOT NULL);
    CREATE INDEX payerChoice_person ON payerChoice (person);
    CREATE TABLE payerException (id TEXT NOT NULL PRIMARY KEY, rev INTEGER NOT NULL, organisation TEXT NOT NULL, record TEXT NOT NULL);
    CREATE INDEX payerException_organisation ON payerException (organisation);

    -- What happened, in order; the audit trail. The records above equal its replay.
    CREATE TABLE journal (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, command TEXT, account TEXT, party TEXT NOT NULL,
      change TEXT NOT NULL);

    -- The one fate of each command. By account too: another's id must answer like one never used.
    CREATE TABLE command (id TEXT NOT NULL, account TEXT NOT NULL, device TEXT NOT NULL, seq INTEGER NOT NULL, result TEXT NOT NULL,
      PRIMARY KEY (id, account)) WITHOUT ROWID;
    CREATE TABLE device (id TEXT PRIMARY KEY, account TEXT NOT NULL, lastSeq INTEGER NOT NULL) WITHOUT ROWID;

    -- Documents: what has been built of them, what came after, what has left them, and what must be computed anew at next load.
    CREATE TABLE document_state (name TEXT PRIMARY KEY, epoch TEXT NOT NULL, seq INTEGER NOT NULL, bytes BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE document_update (name TEXT NOT NULL, seq INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (name, seq)) WITHOUT ROWID;
    CREATE TABLE document_removal (name TEXT NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (name, key)) WITHOUT ROWID;
    CREATE TABLE document_stale (name TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (name, key)) WITHOUT ROWID;
  `,
}

export function migrate(db: Database, migrations: readonly Migration[]): void {
  db.exec('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID')
  const done = new Set(
    db
      .prepare<[], { name: string }>('SELECT name FROM migration')
      .all()
      .map((row) => row.name),
  )
  for (const migration of migrations) {
    if (done.has(migration.name)) continue
    db.transaction(() => {
      db.exec(migration.sql)
      db.prepare('INSERT INTO migration (name, at) VALUES (?, ?)').run(
        migration.name,
        new Date().toISOString(),
      )
    }).immediate()
  }
}
