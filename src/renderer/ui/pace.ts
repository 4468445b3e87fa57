/** Pixels from one scroll event to the next, beyond which pictures only fly past. */
const FAST = 60
/** This long without another fast move, and the list is looked at again. */
const SETTLED_MS = 90

let offset = 0
let timer: ReturnType<typeof setTimeout> | undefined
const waiting = new Set<() => void>()

/** A list was scrolled to here. */
export function scrolledTo(next: number): void {
  const moved = Math.abs(next - offset)
  offset = next
  if (moved <= FAST) return
  clearTimeout(timer)
  // A page that is slow to draw has not seen the next move yet: one more frame tells.
  const mine = setTimeout(() => requestAnimationFrame(() => settled(mine)), SETTLED_MS)
  timer = mine
}

function settled(mine: typeof timer): void {
  if (mine !== timer) return
  timer = undefined
  for (const look of waiting) look()
  waiting.clear()
}

/** Calls back once, when the list stands or moves slowly; at once where it does. Gives its cancelling. */
export function whenLookedAt(look: () => void): () => void {
  if (timer === undefined) {
    look()
    return () => undefined
  }
  waiting.add(look)
  return () => void waiting.delete(look)
}
