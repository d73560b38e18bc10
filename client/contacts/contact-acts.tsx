import { createSignal, getOwner, runWithOwner, Show, type JSX } from 'solid-js'
import { useHouse } from '#client/ui/house-context.tsx'
import { lazyDialog } from '#client/ui/lazy-dialog.tsx'
import { createAct, type Act } from '#client/waiting/act.ts'
import type { ContactEntry, ViaEntry } from '#shared/documents/entries.ts'
import { effectsOfEndingContact } from './contact-effects.ts'
import { nameOf, type PersonEntry } from './contact-row.ts'

const EndDialog = lazyDialog(async () => (await import('./end-dialog.tsx')).EndDialog)
const NotYoursDialog = lazyDialog(async () => (await import('./not-yours-dialog.tsx')).NotYoursDialog)

/** What can be done from a line of the list; kept by the person's relation, since a line may become another person's. */
export interface ContactActs {
  readonly ask: (entry: ContactEntry, type: string) => void
  readonly end: (entry: ContactEntry) => void
  readonly why: (entry: PersonEntry) => void
  readonly problem: (bond: string) => string | null
  readonly busy: (bond: string) => boolean
}

/** A dialog holds the entry for which it was opened, whatever happens to the line under it. */
export function createContactActs(): { readonly acts: ContactActs; readonly Dialogs: () => JSX.Element } {
  const house = useHouse()
  const owner = getOwner()
  const [acted, setActed] = createSignal<ReadonlyMap<string, Act>>(new Map())
  const [ending, setEnding] = createSignal<ContactEntry | null>(null)
  const [asked, setAsked] = createSignal<ViaEntry | null>(null)
  function actOf(bond: string): Act {
    const known = acted().get(bond)
    if (known !== undefined) return known
    const made = runWithOwner(owner, createAct) as Act
    setActed((before) => new Map(before).set(bond, made))
    return made
  }
  const acts: ContactActs = {
    ask(entry, type) {
      const { id } = entry.bond
      void actOf(id).act({ type, input: { id }, about: [id], label: nameOf(entry) })
    },
    end: (entry) => void setEnding(entry),
    why: (entry) => void (entry.kind === 'via' && setAsked(entry)),
    problem: (bond) => acted().get(bond)?.problem() ?? null,
    busy: (bond) => acted().get(bond)?.busy() ?? false,
  }
  const Dialogs = () => (
    <>
      <Show when={ending()} keyed>
        {(entry) => (
          <EndDialog
            bond={entry.bond}
            name={nameOf(entry)}
            effects={(day) => effectsOfEndingContact(entry.bond, nameOf(entry), house.role().name, day)}
            onClose={() => setEnding(null)}
          />
        )}
      </Show>
      <Show when={asked()} keyed>
        {(entry) => <NotYoursDialog entry={entry} onClose={() => setAsked(null)} />}
      </Show>
    </>
  )
  return { acts, Dialogs }
}
