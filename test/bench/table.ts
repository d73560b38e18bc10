/** Prints rows under a heading, numbers to the right. The first row is the head. */
export function printTable(
  title: string,
  rows: readonly (readonly string[])[],
  notes: readonly string[] = [],
): void {
  const widths: number[] = []
  for (const row of rows)
    for (const [n, cell] of row.entries()) widths[n] = Math.max(widths[n] ?? 0, cell.length)
  const line = (row: readonly string[]) =>
    row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join('  ')
  const [head = [], ...rest] = rows
  console.log(`\n${title}`)
  console.log(line(head))
  console.log(widths.map((width) => '─'.repeat(width)).join('──'))
  for (const row of rest) console.log(line(row))
  for (const note of notes) console.log(`  ${note}`)
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString('en').replaceAll(',', ' ')
}

export function decimal(value: number, digits = 1): string {
  return value.toFixed(digits)
}

/** Ours to the peer's, where more is better. */
export function times(ours: number, peer: number): string {
  return `${(ours / peer).toFixed(2)}×`
}
