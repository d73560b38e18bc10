/** The middle value: one slow round on a busy machine must not decide. */
export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  const place = (sorted.length - 1) * (percent / 100)
  const low = sorted[Math.floor(place)]
  const high = sorted[Math.ceil(place)]
  if (low === undefined || high === undefined) throw new Error('nothing was measured')
  return low + (high - low) * (place - Math.floor(place))
}
