// What anybody would write first: one row of Dexie per record, all read at once, a list that draws those in sight.
import { Dexie, type EntityTable } from 'dexie'
import type { ContactEntry } from '#shared/documents/entries.ts'
import '#client/styles/all.css'
import { rowOf } from './row.ts'

const rowHeight = 52
const db = new Dexie('bare') as Dexie & { readonly rows: EntityTable<ContactEntry, 'id'> }
db.version(1).stores({ rows: 'id' })

if (location.search === '?fill') {
  await navigator.serviceWorker.register('/sw.js')
  await navigator.serviceWorker.ready
  await db.rows.bulkPut((await (await fetch('/rows.json')).json()) as ContactEntry[])
  document.title = 'filled'
} else {
  show(await db.rows.toArray())
}

function show(rows: readonly ContactEntry[]): void {
  const table = document.createElement('div')
  table.className = 'table'
  table.setAttribute('role', 'table')
  table.setAttribute('aria-rowcount', String(rows.length + 1))
  const body = document.createElement('div')
  body.style.cssText = `position:relative;height:${rows.length * rowHeight}px`
  table.append(body)
  document.getElementById('app')?.append(table)
  const drawn = new Map<number, HTMLElement>()
  const draw = () => {
    const first = Math.max(0, Math.floor((scrollY - body.offsetTop) / rowHeight) - 4)
    const last = Math.min(rows.length, first + Math.ceil(innerHeight / rowHeight) + 8)
    for (const [index, line] of drawn) {
      if (index >= first && index < last) continue
      line.remove()
      drawn.delete(index)
    }
    for (let index = first; index < last; index += 1) {
      const row = rows[index]
      if (row === undefined || drawn.has(index)) continue
      const line = rowOf(row, index)
      line.style.cssText = `position:absolute;top:${index * rowHeight}px;left:0;right:0`
      body.append(line)
      drawn.set(index, line)
    }
  }
  addEventListener('scroll', draw, { passive: true })
  draw()
}
