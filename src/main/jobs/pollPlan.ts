/** What is known when the next look at a render is planned. All lengths in ms, unscaled. */
export interface PollQuestion {
  /** Since the create was accepted. */
  readonly elapsedMs: number
  /** The route's own measured or stated render time; null when nothing is known. */
  readonly expectedMs: number | null
  /** Never look more often. */
  readonly floorMs: number
  /** Looks in a row that were not answered. */
  readonly failures: number
}

const UNKNOWN_EXPECTED_MS = 45_000
const CEILING_MS = 60_000

/**
 * Wait before the next look: late at first, dense near the expected finish, relaxed after. Pure.
 * The first look comes at 60 % of the expected time: renders of one route rarely finish earlier, and a
 * fixed 5 s poll would have asked a dozen times by then.
 */
export function nextPollMs({ elapsedMs, expectedMs, floorMs, failures }: PollQuestion): number {
  const ceiling = Math.max(CEILING_MS, floorMs)
  if (failures > 0) return Math.min(Math.max(floorMs, 2_000) * 2 ** Math.min(failures, 10), ceiling)
  const expected = Math.max(expectedMs ?? UNKNOWN_EXPECTED_MS, floorMs)
  const firstLook = expectedMs === null ? Math.min(expected * 0.2, 10_000) : expected * 0.6
  if (elapsedMs < firstLook) return Math.max(firstLook - elapsedMs, floorMs)
  const dense = expected / 25
  if (elapsedMs < expected * 1.4) return clamp(dense, floorMs, ceiling)
  // Overdue: each look as late again as a tenth of what has passed since the expected finish.
  return clamp(Math.max(dense, (elapsedMs - expected) / 10), floorMs, ceiling)
}

const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high)
