/** 1 (2026-11): commands over HTTP, documents as y-websocket rooms, many documents on one socket. */
export const protocolVersion = 1
