import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { createAnswerBudget } from '#server/documents/answer-budget.ts'
import { createChannel } from '#server/documents/channel.ts'
import { party } from '../../harness/start-house.ts'
import { withHouse } from '../../scenarios/with-house.ts'
import { controlFrame } from './control-frame.ts'
import { message } from './hostile-bytes.ts'

/** A vector that is behind by all but one struct: the house must compute what is missing. */
function behind(doc: Y.Doc): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint(encoder, [...Y.decodeStateVector(Y.encodeStateVector(doc)).keys()][0]!)
  encoding.writeVarUint(encoder, 1)
  return encoding.toUint8Array(encoder)
}

test('who asks for what is missing again and again gets the whole copy that is there already, then is hung up on', async () => {
  const house = await withHouse()
  const user = await house.signIn('P31')
  const name = `org/${party('ORG-FYR')}/contacts`
  const document = (await house.house.documents.open(name))!
  const whole = message(0, 1, house.house.documents.copy(document))
  const sent: Uint8Array[] = []
  const closes: number[] = []
  const channel = createChannel({
    documents: house.house.documents,
    document,
    account: user.session.account,
    budget: createAnswerBudget(10),
    send: (bytes) => sent.push(bytes),
    close: (code) => closes.push(code),
  })
  const ask = message(0, 0, behind(document.doc))
  for (let count = 0; count < 60; count += 1) channel.receive(ask)
  channel.shut()
  const computed = sent.filter((bytes) => bytes.length !== whole.length).length
  expect([computed, sent.length]).toEqual([16, 40])
  expect(sent.at(-1)).toEqual(whole)
  expect(new Set(closes)).toEqual(new Set([1008]))
})

test('a shared socket that asks too often is closed whole, and keeps its copies: nothing is said of the document', async () => {
  const house = await withHouse({ limits: { socketsPerAccount: 2 } })
  const user = await house.signIn('P31')
  const name = `org/${party('ORG-FYR')}/contacts`
  const ws = new WebSocket(`${house.url.replace('http', 'ws')}/sync`, { headers: { cookie: user.cookie } })
  const closedDocuments: string[] = []
  const opened = new Promise<void>((resolve) =>
    ws.on('message', (data, binary) => {
      if (binary) return
      const frame = controlFrame(data)
      if (frame.closed !== undefined) closedDocuments.push(frame.closed)
      if (frame.opened !== undefined) resolve()
    }),
  )
  const closed = new Promise<number>((resolve) => ws.on('close', resolve))
  await new Promise((resolve) => ws.on('open', resolve))
  ws.send(JSON.stringify({ open: name }))
  await opened
  const frame = encoding.createEncoder()
  encoding.writeVarString(frame, name)
  encoding.writeUint8Array(frame, message(0, 0, new Uint8Array([0])))
  for (let count = 0; count < 12; count += 1) ws.send(encoding.toUint8Array(frame))
  expect(await closed).toBe(1008)
  expect(closedDocuments).toEqual([])
})
