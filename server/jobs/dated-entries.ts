import { touchedBy } from '#shared/documents/touched.ts'
import type { Clock } from '../clock.ts'
import type { Documents } from '../documents/documents.ts'
import type { Store } from '../store/store.ts'

export interface DatedEntriesDeps {
  readonly store: Store
  readonly documents: Pick<Documents, 'touch'>
  readonly clock: Pick<Clock, 'today'>
}

/**
 * What an entry shows can change with the day alone: when an agreed exception from paying begins or has ended (P7). Touches the
 * places of those whose day has come since it was last looked, so that open documents are told and others computed at next load.
 */
export function makeDatedEntries({ store, documents, clock }: DatedEntriesDeps): () => Promise<void> {
  const { db, facts } = store
  const exceptions = db.prepare<[], string>('SELECT id FROM payerException').pluck()
  const looked = db.prepare<[], string>("SELECT value FROM house WHERE key = 'dated-entries'").pluck()
  const remember = db.prepare(
    "INSERT INTO house (key, value) VALUES ('dated-entries', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  )
  return () =>
    store.write(() => {
      const today = clock.today()
      const since = looked.get() ?? ''
      if (since === today) return
      for (const id of exceptions.all()) {
        const exception = facts.get('payerException', id)
        if (exception === undefined) continue
        const { validFrom, validTo } = exception
        const begins = validFrom > since && validFrom <= today
        const ends = validTo !== null && validTo >= since && validTo < today
        if (begins || ends) touchedBy('payerException', exception, exception, facts, documents.touch)
      }
      remember.run(today)
    })
}
