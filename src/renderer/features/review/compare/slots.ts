/** So many stand side by side. */
export const SIZES = [2, 3, 4, 6, 9] as const
export type Size = (typeof SIZES)[number]

/** Columns of each. */
export const COLUMNS: Readonly<Record<Size, number>> = { 2: 2, 3: 3, 4: 2, 6: 3, 9: 3 }

/** Which of the takes are shown, by their places in the pool. */
export interface Slots {
  readonly shown: readonly number[]
  /** Place in `shown` of the one that keys are for. */
  readonly focus: number
  /** First of the pool that was not shown yet. */
  readonly next: number
}

/** The smallest that holds so many, the largest there is beyond. */
export const sizeFor = (takes: number): Size => SIZES.find((size) => size >= takes) ?? 9

export function begun(pool: number, size: Size): Slots {
  const count = Math.min(pool, size)
  return { shown: Array.from({ length: count }, (_, at) => at), focus: 0, next: count }
}

/** More or fewer side by side: the focused one stays, and so do those before others. */
export function resized(slots: Slots, pool: number, size: Size): Slots {
  const { shown, focus, next } = slots
  if (shown.length >= size) {
    const kept = shown.filter((_, at) => at < size || at === focus)
    const cut = kept.length > size ? kept.toSpliced(size - 1, 1) : kept
    return { shown: cut, focus: Math.min(focus, size - 1), next }
  }
  const rest = Array.from({ length: pool }, (_, at) => at)
  const fresh = rest.filter((at) => !shown.includes(at)).toSorted((a, b) => a - b)
  const later = [...fresh.filter((at) => at >= next), ...fresh.filter((at) => at < next)]
  const added = later.slice(0, size - shown.length)
  const seen = added.filter((at) => at >= next)
  return { shown: [...shown, ...added], focus, next: Math.max(next, ...seen.map((at) => at + 1)) }
}

/** The focused one stays in its place, all others give way to the next; null: there is none left. */
export function winnerStays({ shown, focus, next }: Slots, pool: number): Slots | null {
  if (next >= pool) return null
  let at = next
  const after = shown.flatMap((take, place) => {
    if (place === focus) return [take]
    if (at >= pool) return []
    at += 1
    return [at - 1]
  })
  return { shown: after, focus: after.indexOf(shown[focus] ?? 0), next: at }
}

export const moved = (slots: Slots, by: number): Slots => ({
  ...slots,
  focus: Math.max(0, Math.min(slots.shown.length - 1, slots.focus + by)),
})
