import type { JobError } from '../../shared/domain/errors.ts'
import type { LaneLimits } from '../providers/spec.ts'

/** What stands about a lane on disk. */
export interface LaneState {
  readonly paused: boolean
  /** Epoch ms; null when nothing holds it. */
  readonly heldUntil: number | null
  readonly heldReason: JobError | null
  readonly needsPerson: boolean
  /** Set by the person; null means the provider's default. */
  readonly concurrency: number | null
}

export const OPEN_LANE: LaneState = Object.freeze({
  paused: false,
  heldUntil: null,
  heldReason: null,
  needsPerson: false,
  concurrency: null,
})

export interface LaneQuestion {
  readonly state: LaneState
  readonly limits: LaneLimits
  /** Jobs in submit and poll, between polls too. */
  readonly used: number
  /** Creates whose outcome is not known yet. */
  readonly unsettled: number
  /** Some of them still wait for their list passes. */
  readonly settling: boolean
  readonly createsLastMinute: number
  readonly now: number
}

export type LaneAnswer =
  | { readonly kind: 'free'; readonly slots: number }
  /** `until` null: not by the clock (a slot gets free, a person acts). */
  | {
      readonly kind: 'blocked'
      readonly why: 'paused' | 'needsPerson' | 'held' | 'settling' | 'unsettled' | 'full' | 'rate'
      readonly until: number | null
    }

/** Unknown creates per credential that may stand before the lane waits for the person (money rule 3). */
export const MAX_UNSETTLED = 3

/** How many new creates a lane admits now, or why none. Pure. */
export function laneSlots({
  state,
  limits,
  used,
  unsettled,
  settling,
  createsLastMinute,
  now,
}: LaneQuestion): LaneAnswer {
  if (state.paused) return { kind: 'blocked', why: 'paused', until: null }
  if (state.needsPerson) return { kind: 'blocked', why: 'needsPerson', until: null }
  if (state.heldUntil !== null && state.heldUntil > now)
    return { kind: 'blocked', why: 'held', until: state.heldUntil }
  if (unsettled >= MAX_UNSETTLED) return { kind: 'blocked', why: 'unsettled', until: null }
  if (settling) return { kind: 'blocked', why: 'settling', until: null }
  const free = (state.concurrency ?? limits.concurrency) - used
  if (free <= 0) return { kind: 'blocked', why: 'full', until: null }
  if (limits.createsPerMinute === null) return { kind: 'free', slots: free }
  const rate = limits.createsPerMinute - createsLastMinute
  return rate > 0
    ? { kind: 'free', slots: Math.min(free, rate) }
    : { kind: 'blocked', why: 'rate', until: now + 60_000 }
}
