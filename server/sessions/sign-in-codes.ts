import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import type { Store } from '../store/store.ts'

export const codeLifeMs = 10 * 60_000
const countingMs = 60 * 60_000
const maxCodesAnHour = 5
const maxTries = 5

export interface SignInCodes {
  /** A fresh code for the address, or undefined when it has had its five this hour. Known and unknown addresses alike. */
  readonly make: (address: string) => Promise<string | undefined>
  /** True once for a living code; the address's codes are then all spent. A wrong guess counts against each of them. */
  readonly spend: (address: string, code: string) => Promise<boolean>
}

interface CodeRow {
  readonly id: number
  readonly code_hash: string
  readonly salt: string
}

/** Eight digits, 26.6 bits: with five guesses at each of five codes an hour, one chance in four million. */
export function createSignInCodes({ db, write }: Store, nowMs: () => number): SignInCodes {
  const insert = db.prepare<[string, string, string, number, number]>(
    'INSERT INTO sign_in_code (address_hash, code_hash, salt, created_at, expires_at, tries) VALUES (?, ?, ?, ?, ?, 0)',
  )
  const count = db
    .prepare<[string], number>('SELECT count(*) FROM sign_in_code WHERE address_hash = ?')
    .pluck()
  const live = db.prepare<[string, number, number], CodeRow>(
    'SELECT id, code_hash, salt FROM sign_in_code WHERE address_hash = ? AND expires_at > ? AND tries < ?',
  )
  const miss = db.prepare<[string]>('UPDATE sign_in_code SET tries = tries + 1 WHERE address_hash = ?')
  const forget = db.prepare<[string]>('DELETE FROM sign_in_code WHERE address_hash = ?')
  const forgetOld = db.prepare<[number]>('DELETE FROM sign_in_code WHERE created_at < ?')

  return {
    make: (address) => {
      const code = String(randomInt(100_000_000)).padStart(8, '0')
      const salt = randomBytes(16).toString('base64url')
      return write(() => {
        const now = nowMs()
        // Unspent codes count for an hour, also when dead: else five wrong guesses would buy five more.
        forgetOld.run(now - countingMs)
        const key = addressHash(address)
        if ((count.get(key) ?? 0) >= maxCodesAnHour) return undefined
        insert.run(key, codeHash(code, salt), salt, now, now + codeLifeMs)
        return code
      })
    },
    spend: (address, code) =>
      write(() => {
        const key = addressHash(address)
        let right = false
        for (const row of live.all(key, nowMs(), maxTries)) {
          if (equal(codeHash(code, row.salt), row.code_hash)) right = true
        }
        if (right) forget.run(key)
        else miss.run(key)
        return right
      }),
  }
}

function addressHash(address: string): string {
  return createHash('sha256').update(address).digest('base64url')
}

function codeHash(code: string, salt: string): string {
  return createHash('sha256').update(`${salt}:${code}`).digest('base64url')
}

function equal(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
