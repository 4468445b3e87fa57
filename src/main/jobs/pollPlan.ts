/** How long renders of a route took, in ms. */
export interface RenderTimes {
  /** One in ten was done by then. */
  readonly early: number
  readonly median: number
}

/** What is known when the next look at a render is planned. All lengths in ms, unscaled. */
export interface PollQuestion {
  /** Since the create was accepted. */
  readonly elapsedMs: number
  /** The route's own measured times; null when nothing is known. */
  readonly times: RenderTimes | null
  /** Never look more often. */
  readonly floorMs: number
  /** Looks in a row that were not answered. */
  readonly failures: number
}

const CEILING_MS = 60_000

/**
 * Wait before the next look: late at first, dense while the finish is likely, relaxed after. Pure.
 * A fixed 5 s poll asks a dozen times before a one-minute render can be done, and then comes late.
 */
export function nextPollMs({ elapsedMs, times, floorMs, failures }: PollQuestion): number {
  const ceiling = Math.max(CEILING_MS, floorMs)
  if (failures > 0) return Math.min(Math.max(floorMs, 2_000) * 2 ** Math.min(failures, 10), ceiling)
  // Nothing measured yet: the delay stays a small part of whatever the render takes.
  if (times === null) return clamp(elapsedMs * 0.15, floorMs, 10_000)
  const firstLook = times.early * 0.95
  if (elapsedMs < firstLook) return Math.max(firstLook - elapsedMs, floorMs)
  const dense = times.median / 25
  if (elapsedMs < times.median * 1.4) return clamp(dense, floorMs, ceiling)
  return clamp(Math.max(dense, (elapsedMs - times.median) / 10), floorMs, ceiling)
}

const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), Math.max(high, low))
