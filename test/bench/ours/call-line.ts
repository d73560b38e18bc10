import { connect, type Socket } from 'node:net'

/** One kept connection to POST /api/commands. Calls are pipelined: answered in the order in which they were made. */
export interface CallLine {
  /** The body of the answer; anything but a 200 is a broken run. */
  readonly call: (request: Buffer) => Promise<string>
  readonly close: () => void
}

/** The request as bytes, so that making it is no part of what is measured. */
export function requestBytes(cookie: string, body: string): Buffer {
  const head = [
    'POST /api/commands HTTP/1.1',
    'Host: 127.0.0.1',
    `Cookie: ${cookie}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

export async function openCallLine(port: number): Promise<CallLine> {
  const socket: Socket = connect(port, '127.0.0.1')
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  socket.setNoDelay(true)
  const waiting: { readonly resolve: (body: string) => void; readonly reject: (fault: unknown) => void }[] =
    []
  let received: Buffer = Buffer.alloc(0)
  const fail = (fault: unknown) => {
    for (const one of waiting.splice(0)) one.reject(fault)
  }
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server closed the connection')))
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    for (let answer = firstAnswer(received); answer !== undefined; answer = firstAnswer(received)) {
      received = received.subarray(answer.length)
      const one = waiting.shift()
      if (answer.status === 200) one?.resolve(answer.body)
      else one?.reject(new Error(`POST /api/commands: ${answer.status} ${answer.body}`))
    }
  })
  return {
    call: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly length: number
}

/** The first whole answer in what has been received; of the two ways to tell a length the server uses the plain one. */
function firstAnswer(received: Buffer): Answer | undefined {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = received.toString('latin1', 0, headEnd)
  // Without a length only when the server hangs up on an idle line.
  const length = headEnd + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
  if (received.length < length) return undefined
  return { status: Number(head.slice(9, 12)), body: received.toString('utf8', headEnd + 4, length), length }
}
