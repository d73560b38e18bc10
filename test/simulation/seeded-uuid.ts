/** Stands in for `uuid` in a simulated process: the real v7 counts on across runs in one process, so a run would depend on those before it. */
export function v4(): string {
  return crypto.randomUUID()
}

export function v7(): string {
  const id = crypto.randomUUID()
  return `${id.slice(0, 14)}7${id.slice(15)}`
}
