/** Two frames: one to draw, one to be sure it was. A hidden tab draws none, and does not wait for ever. */
export async function afterFirstPaint(): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 500)
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 0)))
  })
}
