import type { JobError } from '../../shared/domain/errors.ts'
import type { LaneLimits } from '../providers/spec.ts'
import { slotsNow, type LearnedSlots } from './learnedSlots.ts'

/** What stands about a lane on disk. */
export interface LaneState {
  readonly paused: boolean
  /** Epoch ms; null when nothing holds it. */
  readonly heldUntil: number | null
  readonly heldReason: JobError | null
  readonly needsPerson: boolean
  /** Set by the person; null means the provider's default. */
  readonly concurrency: number | null
  /** Null: the provider never said that there were too many. */
  readonly learned: LearnedSlots | null
  /** Null while creates get through. */
  readonly unreachable: Unreachable | null
}

/** A key that is not here was refused by nobody: its lane is open once it is back. */
export const isKeyMissing = ({ code }: JobError): boolean => code === 'NO_KEY'

/** Creates that could not leave, in a row. */
export interface Unreachable {
  /** Epoch ms of the first. */
  readonly since: number
  readonly tries: number
}

export const OPEN_LANE: LaneState = Object.freeze({
  paused: false,
  heldUntil: null,
  heldReason: null,
  needsPerson: false,
  concurrency: null,
  learned: null,
  unreachable: null,
})

/** What was sent of late, with what is about to be. */
export interface Creates {
  readonly count: number
  /** When the earliest left, epoch ms; null: none has. */
  readonly firstAt: number | null
}

export interface LaneQuestion {
  readonly state: LaneState
  readonly limits: LaneLimits
  /** Jobs in submit and poll, between polls too. */
  readonly used: number
  /** Of these, being sent right now. */
  readonly sending: number
  /** Creates whose outcome is not known yet. */
  readonly unsettled: number
  /** When those of them that still wait for their list passes are looked for next; null: none waits. */
  readonly settlingAt: number | null
  /** Of the last minute. */
  readonly creates: Creates
  readonly now: number
  /** See `slotsNow`. */
  readonly raiseMs: number
}

export type LaneAnswer =
  | { readonly kind: 'free'; readonly slots: number }
  /** `until` null: not by the clock (a slot gets free, a person acts). */
  | {
      readonly kind: 'blocked'
      readonly why: LaneWhy
      readonly until: number | null
    }

export type LaneWhy = 'paused' | 'needsPerson' | 'held' | 'settling' | 'unsettled' | 'full' | 'rate'

/** Unknown creates per credential that may stand before the lane waits for the person (money rule 3). */
export const MAX_UNSETTLED = 3

export const MINUTE_MS = 60_000

/** How many new creates a lane admits now, or why none. Pure. */
export function laneSlots({
  state,
  limits,
  used,
  sending,
  unsettled,
  settlingAt,
  creates,
  now,
  raiseMs,
}: LaneQuestion): LaneAnswer {
  if (state.paused) return { kind: 'blocked', why: 'paused', until: null }
  if (state.needsPerson) return { kind: 'blocked', why: 'needsPerson', until: null }
  if (state.heldUntil !== null && state.heldUntil > now)
    return { kind: 'blocked', why: 'held', until: state.heldUntil }
  if (unsettled >= MAX_UNSETTLED) return { kind: 'blocked', why: 'unsettled', until: null }
  if (settlingAt !== null) return { kind: 'blocked', why: 'settling', until: settlingAt }
  const free = slotsNow(state, limits, { now, raiseMs }) - used
  if (free <= 0) return { kind: 'blocked', why: 'full', until: null }
  // Where one answer was lost the next may be, too: no more are out than may stand together.
  const risk = unsettled === 0 ? free : MAX_UNSETTLED - unsettled - sending
  if (risk <= 0) return { kind: 'blocked', why: 'settling', until: null }
  const rate = (limits.createsPerMinute ?? Number.POSITIVE_INFINITY) - creates.count
  if (rate <= 0)
    return { kind: 'blocked', why: 'rate', until: (creates.firstAt ?? now) + MINUTE_MS }
  if (state.unreachable === null) return { kind: 'free', slots: Math.min(free, rate, risk) }
  // One job finds out for all whether the provider is back.
  return sending > 0 ? { kind: 'blocked', why: 'held', until: null } : { kind: 'free', slots: 1 }
}

/** Waits between tries to reach a provider again; the last one stays. Unscaled ms. */
const REACH_AGAIN_MS = [5_000, 15_000, 30_000, 60_000, 120_000] as const

/** A create could not leave: the lane waits, and longer with every further try. Pure. */
export function afterUnreached(
  state: LaneState,
  { error, now, scaled }: { error: JobError; now: number; scaled: (ms: number) => number },
): Pick<LaneState, 'unreachable' | 'heldUntil'> & { readonly heldReason: JobError } {
  // What was on its way beside the try that found out says nothing new.
  const isWaiting = state.unreachable !== null && (state.heldUntil ?? 0) > now
  const tries = (state.unreachable?.tries ?? 0) + (isWaiting ? 0 : 1)
  const wait = REACH_AGAIN_MS[Math.min(tries, REACH_AGAIN_MS.length) - 1] ?? 120_000
  return {
    unreachable: { since: state.unreachable?.since ?? now, tries },
    heldUntil: isWaiting ? state.heldUntil : now + scaled(wait),
    heldReason: error,
  }
}

/**
 * Why a lane that goes on by itself holds its jobs. The provider's own words are in its card.
 * @param name of the provider, for people
 */
export const restsWords = (name: string, reason: JobError | null): string =>
  reason?.kind === 'rateLimit'
    ? `too many requests at ${name}`
    : (reason?.message ?? `${name} lane is held`)

/** `fal cannot be reached since 23:10: its name cannot be found`. Local time. */
export function unreachableWords(
  name: string,
  { unreachable, heldReason }: LaneState,
  now: number,
): string {
  const since = new Date(unreachable?.since ?? now).toTimeString().slice(0, 5)
  const why = /reached: (.*?)\. /.exec(heldReason?.message ?? '')?.[1]
  return `${name} cannot be reached since ${since}${why === undefined ? '' : `: ${why}`}`
}
