/** How long renders of a route took lately, in ms: of a hundred, so many were done by then. */
export interface RenderTimes {
  /** Two, or the quickest. */
  readonly first: number
  /** A quarter. */
  readonly early: number
  readonly median: number
  /** All but ten. */
  readonly late: number
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
  const firstLook = times.first * 0.98
  if (elapsedMs < firstLook) return Math.max(firstLook - elapsedMs, floorMs)
  const dense = denseMs(times)
  // Few are done this soon: wider steps, the last of them no further than where it gets likely.
  if (elapsedMs < times.early)
    return clamp(Math.min(dense * 1.8, Math.max(times.early - elapsedMs, dense)), floorMs, ceiling)
  if (elapsedMs < times.late * 1.2) return clamp(dense, floorMs, ceiling)
  return clamp(Math.max(dense, (elapsedMs - times.median) / 10), floorMs, ceiling)
}

/**
 * Looks are spread over the time in which a finish is likely: half as many as a 5 s poll would make
 * in all, more where the render is so short that each second of delay is a large part of it.
 */
function denseMs({ first, median }: RenderTimes): number {
  const looks = Math.max(median / 11_000, 150_000 / median)
  return Math.max(median - first, median / 20) / looks
}

const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), Math.max(high, low))
