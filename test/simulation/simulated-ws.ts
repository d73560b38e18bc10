import type { ServerEnd } from './link.ts'

/** Stands in for `ws` in a simulated process: the real /sync code, on links that can be cut. */
export class WebSocketServer {
  handleUpgrade(
    request: { readonly end: ServerEnd },
    _stream: unknown,
    _head: unknown,
    accept: (ws: ServerEnd) => void,
  ): void {
    request.end.accepted()
    accept(request.end)
  }
}
