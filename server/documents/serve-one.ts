import { closeCodes } from '#shared/protocol/close-codes.ts'
import { keepAliveMessage, type Channel } from './channel.ts'
import { toBytes, type LiveSocket } from './live-socket.ts'
import { openChannel, type OpenChannelDeps } from './open-channel.ts'

/** What a device may say before its document is loaded. */
const maxEarlyMessages = 8

/** WS /sync/NAME: one document in plain y-websocket protocol. */
export async function serveOne(deps: OpenChannelDeps, socket: LiveSocket, name: string): Promise<void> {
  const { ws, session } = socket
  const early: Uint8Array[] = []
  let channel: Channel | undefined
  let answered = false
  socket.alive = () => socket.send(keepAliveMessage)
  ws.on('close', () => channel?.shut())
  ws.on('message', (data, binary) => {
    if (!socket.mayReceive()) return
    if (!binary) return ws.close(closeCodes.wrote, 'not the protocol')
    const bytes = toBytes(data)
    if (channel !== undefined) channel.receive(bytes)
    else if (early.length < maxEarlyMessages) early.push(bytes)
  })
  const opened = await openChannel(deps, {
    account: session.account,
    name,
    epoch: undefined,
    send: (bytes) => {
      socket.send(bytes, !answered)
      answered = true
    },
    close: (code, reason) => ws.close(code, reason),
  })
  if (opened === undefined) return
  if (ws.readyState !== ws.OPEN) return opened.shut()
  channel = opened
  for (const bytes of early) opened.receive(bytes)
}
