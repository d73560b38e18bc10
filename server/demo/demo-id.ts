import { hash } from 'node:crypto'

/** The same id for the same key wherever the demo is started; it tells neither order nor kind. */
export function demoId(key: string): string {
  const hex = hash('sha256', `handslag demo ${key}`, 'hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
