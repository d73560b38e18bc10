import { createSignal, type Accessor } from 'solid-js'
import type { Wish } from '#client/core/house.ts'
import { refusalText } from '#client/i18n/refusal-text.ts'
import { t } from '#client/i18n/t.ts'
import { useHouse } from '#client/ui/house-context.tsx'

export interface Act {
  /** True when it is stored on the device's disk; false when it was refused, and `problem` says why. */
  readonly act: (wish: Wish) => Promise<boolean>
  readonly problem: Accessor<string | null>
  readonly clear: () => void
  readonly busy: Accessor<boolean>
}

/** One person acting in one place: what was refused is said there. A second press while the first is being stored does nothing. */
export function createAct(): Act {
  const house = useHouse()
  const [problem, setProblem] = createSignal<string | null>(null)
  const [busy, setBusy] = createSignal(false)
  async function act(wish: Wish): Promise<boolean> {
    if (busy()) return false
    setBusy(true)
    setProblem(null)
    try {
      const answer = await house.dispatch(wish)
      if (!answer.ok) {
        const membership = (wish.input as { readonly type?: unknown }).type === 'org_membership'
        const register = house.session().register.name
        setProblem(refusalText(answer.refusal, { name: wish.label, value: wish.label, register, membership }))
      }
      return answer.ok
    } catch (fault) {
      setProblem(t('refusal.fault'))
      reportError(fault)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { act, problem, clear: () => setProblem(null), busy }
}
