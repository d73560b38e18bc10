import { createSignal, type Accessor } from 'solid-js'
import { leaseHasEnded } from '#shared/access/lease.ts'
import type { SessionBody } from '#shared/protocol/session-body.ts'
import { makePassingMemory } from '../store/browser-memory.ts'
import { openStoreToDraw, type DeviceStore } from '../store/device-store.ts'
import { retireAccount } from '../store/erase-account.ts'
import { makeServerCalls } from '../sync/server-calls.ts'
import type { Device } from './create-device.ts'
import type { DeviceDeps } from './device-deps.ts'
import { leaseOf } from './device-lease.ts'
import { signInWithCode, type SignInAnswer } from './sign-in.ts'
import { finishSigningOut } from './sign-out.ts'

/** What stands on the screen. */
export type Stage =
  | { readonly kind: 'starting' }
  /** `contact` false: the server could not be asked, and nothing is stored here. */
  | { readonly kind: 'sign-in'; readonly contact: boolean; readonly lapsed: boolean }
  | { readonly kind: 'house'; readonly house: Device }

export interface Start {
  readonly stage: Accessor<Stage>
  readonly signIn: (email: string, code: string) => Promise<SignInAnswer<SessionBody>>
  /** Somebody has signed in. */
  readonly enter: (session: SessionBody) => Promise<void>
  readonly close: () => void
}

export type OpenHouse = (
  session: SessionBody,
  deps: DeviceDeps,
  stored?: DeviceStore,
) => Promise<{ readonly house: Device; readonly close: () => void }>

/**
 * The stored account is shown at once, without asking anybody: that is what makes a garage without a network work. The server
 * is asked meanwhile, and has the last word.
 */
export function startHere(deps: DeviceDeps, openHouse: OpenHouse): Start {
  const memory = deps.memory ?? makePassingMemory()
  const calls = makeServerCalls(deps, null)
  const [stage, setStage] = createSignal<Stage>({ kind: 'starting' })
  let close: () => void = () => undefined
  let closed = false
  let lapsed = false
  /** Opening and leaving take their turns; two accounts are never open at once. */
  let turn: Promise<void> = Promise.resolve()

  function inTurn(work: () => Promise<void>): Promise<void> {
    turn = turn.then(work).catch(deps.onFault)
    return turn
  }

  async function show(session: SessionBody, stored?: DeviceStore): Promise<void> {
    const shown = stage()
    if (shown.kind === 'house' && shown.house.session().account === session.account) {
      return shown.house.updateSession(session)
    }
    leave(true)
    const former = memory.get('account')
    if (former !== null && former !== session.account) await retireAccount(former, deps)
    memory.set('account', session.account)
    memory.set('locale', session.person.locale)
    const onLeft = (erased: boolean) => {
      leave(true)
      deps.onLeft?.(erased)
    }
    const onLapsed = () => void inTurn(() => lapse(session.account))
    const opened = await openHouse(session, { ...deps, memory, onLeft, onLapsed }, stored)
    close = opened.close
    if (closed) return opened.close()
    lapsed = false
    setStage({ kind: 'house', house: opened.house })
  }

  function leave(contact: boolean): void {
    close()
    close = () => undefined
    if (stage().kind !== 'starting') setStage({ kind: 'sign-in', contact, lapsed })
  }

  async function showStored(): Promise<void> {
    const account = memory.get('account')
    if (account === null) return
    const store = await openStoreToDraw(account, memory.get(`role:${account}`), deps)
    const session = store.first.meta.get('session') as SessionBody | undefined
    if (session === undefined) store.close()
    else if (leaseHasEnded(leaseOf(store, deps.clock.nowMs()))) {
      store.close()
      await lapse(account)
    } else await show(session, store)
  }

  /** What can be fetched again goes; what was never sent stays, and is sent when the account is back. */
  async function lapse(account: string): Promise<void> {
    lapsed = true
    leave(true)
    await retireAccount(account, deps)
  }

  async function begin(): Promise<void> {
    // A sign-out made without a network comes first: its cookie must open nothing more.
    const signedOut = memory.get('signing-out') === null || (await finishSigningOut(memory, calls, deps))
    if (signedOut) await showStored().catch(deps.onFault)
    if (stage().kind === 'house') await deps.afterFirstPaint?.()
    const call = signedOut
      ? await calls.json<SessionBody>('GET', '/api/session')
      : { kind: 'unreachable' as const }
    if (closed) return
    if (call.kind === 'answered') return show(call.body)
    // Its data stays for the day the same account signs in again; nobody sees it until then.
    if (call.kind === 'signed-out') return signInAgain(true)
    if (stage().kind === 'starting') signInAgain(false)
  }
  function signInAgain(contact: boolean): void {
    close()
    close = () => undefined
    setStage({ kind: 'sign-in', contact, lapsed })
  }

  // Not a turn later: the first reading of the disk goes on while the rest of the app is still being evaluated.
  turn = begin().catch(deps.onFault)
  return {
    stage,
    signIn: async (email, code) => {
      // A sign-out that was never told the server goes first; later it would end the new session.
      await finishSigningOut(memory, calls, deps)
      return signInWithCode(calls, email, code)
    },
    enter: (session) => {
      memory.set('signing-out', null)
      return inTurn(() => show(session))
    },
    close: () => {
      closed = true
      close()
    },
  }
}
