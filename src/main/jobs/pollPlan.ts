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
 *
 * The sum of delays is least, for so many looks, where they lie as far apart as one over the root of
 * the chance that the render ends just then. For a logistic spread that is the same step each time on
 * the scale of `atanh(sqrt(part done))`; `bench/polling.ts` shows how near it comes to the best plan.
 */
export function nextPollMs({ elapsedMs, times, floorMs, failures }: PollQuestion): number {
  const ceiling = Math.max(CEILING_MS, floorMs)
  if (failures > 0) return Math.min(Math.max(floorMs, 2_000) * 2 ** Math.min(failures, 10), ceiling)
  // Nothing measured yet: the delay stays a small part of whatever the render takes.
  if (times === null) return clamp(elapsedMs * 0.15, floorMs, 10_000)
  const { late } = times
  const median = Math.max(times.median, 1)
  const spread = spreadOf(times)
  const looks = looksFor(median)
  const done = doneBy(Math.log(Math.max(elapsedMs, 1) / median) / spread)
  const next = Math.max(Math.atanh(Math.sqrt(done)), 1 / looks) + 1 / looks
  const at = median * Math.exp(spread * logit(Math.tanh(next) ** 2))
  // Later than all but a few ever were: what is learned says little any more.
  return clamp(Math.max(at - elapsedMs, (elapsedMs - late) / 10), floorMs, ceiling)
}

/** Half as many as a 5 s poll makes; more where the render is so short that each second of delay is a large part of it. */
const looksFor = (median: number): number => Math.max(median / 10_600, 150_000 / median) + 0.5

/** Of the logistic distribution that the logarithms of the times resemble most; never so narrow as a few alike ones suggest. */
function spreadOf({ first, early, median, late }: RenderTimes): number {
  const parts = [
    log(median / first) / -logit(0.02),
    log(median / early) / -logit(0.25),
    log(late / median) / logit(0.9),
  ]
  const mean = parts.reduce((sum, part) => sum + part, 0) / parts.length
  return Math.min(Math.max(mean, LEAST_SPREAD), MOST_SPREAD)
}
const LEAST_SPREAD = 0.02
const MOST_SPREAD = 1
/** Of a ratio of times, one of which may be 0. */
const log = (ratio: number): number => (Number.isFinite(ratio) ? Math.log(Math.max(ratio, 1)) : 0)

const logit = (part: number): number => Math.log(part / (1 - part))
/** The part of renders that is done at that place of the distribution. */
const doneBy = (place: number): number => Math.min(1 / (1 + Math.exp(-place)), 1 - 1e-9)

const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), Math.max(high, low))
