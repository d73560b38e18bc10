import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { OwnAddress } from '../http/own-address.ts'
import { wholeLifeMs } from './sessions.ts'

/** `__Host-` forbids a sibling domain to set or shadow it, but browsers take it only over https. */
export function sessionCookieName(address: OwnAddress): string {
  return address.secure ? '__Host-handslag_session' : 'handslag_session'
}

/** The token the request came with, if it can be one of ours at all. */
export function tokenOf(c: Context, address: OwnAddress): string | undefined {
  const token = getCookie(c, sessionCookieName(address))
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined
}

/** The same for a WebSocket's upgrade, where there is only a header. */
export function tokenOfHeader(cookies: string | undefined, address: OwnAddress): string | undefined {
  const name = `${sessionCookieName(address)}=`
  for (const part of (cookies ?? '').split(';')) {
    const cookie = part.trim()
    if (cookie.startsWith(name) && /^[\w-]{43}$/.test(cookie.slice(name.length)))
      return cookie.slice(name.length)
  }
  return undefined
}

/** HttpOnly, so that no script can read it; Lax, so that a link in a mail still finds the person signed in. */
export function giveCookie(c: Context, address: OwnAddress, token: string): void {
  write(c, address, token, Math.trunc(wholeLifeMs / 1000))
}

export function takeCookie(c: Context, address: OwnAddress): void {
  write(c, address, '', 0)
}

function write(c: Context, address: OwnAddress, value: string, maxAge: number): void {
  setCookie(c, sessionCookieName(address), value, {
    httpOnly: true,
    secure: address.secure,
    sameSite: 'Lax',
    path: '/',
    maxAge,
  })
}
