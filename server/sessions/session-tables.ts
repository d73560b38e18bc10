/**
 * Who is signed in, and the codes on their way. Times are milliseconds of the machine's clock. Neither table holds anything
 * that would let a thief of the file in: tokens and codes are hashed, and so is the address, which may be a stranger's.
 */
export const sessionMigration = `
CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  device_label TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_account ON session (account);
CREATE INDEX session_by_expiry ON session (expires_at);
CREATE TABLE sign_in_code (
  id INTEGER PRIMARY KEY,
  address_hash TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  salt TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  tries INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_code_by_address ON sign_in_code (address_hash);
`
