/** Stands in for `node:crypto` in the server's files of a simulated process: what is random there decides orders too. */
export * from 'node:crypto'

export function randomBytes(length: number): Buffer {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(length)))
}

export function randomUUID(): string {
  return crypto.randomUUID()
}
