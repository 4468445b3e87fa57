import type { LaneLimits } from '../providers/spec.ts'
import type { LaneState } from './lanes.ts'

/** How many renders a provider let a key have at once when it last said "too many". */
export interface LearnedSlots {
  readonly slots: number
  /** Epoch ms. */
  readonly at: number
}

/** One slot more is tried after so long without "too many requests". Unscaled ms. */
export const RAISE_AFTER_MS = 5 * 60_000

interface SlotsNow {
  readonly now: number
  /** `RAISE_AFTER_MS`, scaled. */
  readonly raiseMs: number
}

/** Slots of a lane as they stand: what was learned, one more for each quiet while, never above its own. Pure. */
export function slotsNow(
  { learned, concurrency }: Pick<LaneState, 'learned' | 'concurrency'>,
  limits: Pick<LaneLimits, 'concurrency'>,
  { now, raiseMs }: SlotsNow,
): number {
  const own = concurrency ?? limits.concurrency
  if (learned === null) return own
  const raised = Math.floor(Math.max(0, now - learned.at) / raiseMs)
  return Math.min(own, learned.slots + raised)
}

/**
 * A create was refused as one too many: from now on as many as stand beside it. A limit that is meant
 * for a minute, not for what renders at once, may find few of them, so it takes no more than half. Pure.
 * @param used jobs on the lane, the refused one among them
 */
export function afterTooMany(
  state: LaneState,
  limits: LaneLimits,
  { used, ...at }: SlotsNow & { readonly used: number },
): LearnedSlots {
  const before = slotsNow(state, limits, at)
  const slots = Math.min(before, Math.max(1, used - 1, Math.floor(before / 2)))
  return { slots, at: at.now }
}
