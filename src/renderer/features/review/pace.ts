/** Pixels from one scroll event to the next, beyond which pictures only fly past. */
const FAST = 60
/** This long without another fast move, and the wall is looked at again. */
const SETTLED_MS = 90

let offset = 0
let isFast = false
let timer: ReturnType<typeof setTimeout> | undefined
const waiting = new Set<() => void>()

/** The wall was scrolled to here. */
export function scrolledTo(next: number): void {
  const moved = Math.abs(next - offset)
  offset = next
  if (moved <= FAST) return
  isFast = true
  clearTimeout(timer)
  timer = setTimeout(() => {
    isFast = false
    for (const look of waiting) look()
    waiting.clear()
  }, SETTLED_MS)
}

export const isFlyingPast = (): boolean => isFast

/** Calls back once, when the wall stands or moves slowly. Gives its cancelling. */
export function whenLookedAt(look: () => void): () => void {
  waiting.add(look)
  return () => void waiting.delete(look)
}
