import type { JobError } from '../../shared/domain/errors.ts'
import type { CredentialId, ProviderId } from '../../shared/domain/ids.ts'
import type { LaneLimits } from '../providers/spec.ts'
import type { ClaimQuestion, ClaimRules } from './claim.ts'
import type { Halt, QueueContext } from './context.ts'
import { laneSlots, MINUTE_MS, restsWords, unreachableWords, type LaneWhy } from './lanes.ts'
import { RAISE_AFTER_MS, slotsNow } from './learnedSlots.ts'
import { waitsForPerson, type Blocked } from './whyWaiting.ts'

/** A key with free slots, or why none of the provider has any. */
export type Lane =
  | {
      readonly kind: 'free'
      readonly credential: CredentialId
      readonly slots: number
      /** Once they are all taken. */
      readonly fullWords: string
      /** Then it waits for one that gets free, and for nothing else. */
      readonly isFullThen: boolean
    }
  | ({ readonly kind: 'blocked' } & Blocked)

const NO_KEY = { kind: 'blocked', why: 'noKey', until: null } as const

/** The first of the provider's keys with a free slot; without one, why the key that goes on soonest has none. */
export function pickLane(ctx: ClaimRules, question: ClaimQuestion, provider: ProviderId): Lane {
  const { tx, halted } = question
  if (halted !== null) return { kind: 'blocked', ...blockedBy(halted) }
  if (tx.flag('paused') !== null)
    return { kind: 'blocked', why: 'paused', until: null, detail: 'everything is paused' }
  const name = nameOf(ctx, provider)
  const limits = ctx.providers.get(provider)?.traits.lane
  if (limits === undefined) return { ...NO_KEY, detail: `there is no provider ${provider}` }
  let best: Extract<Lane, { kind: 'blocked' }> | null = null
  for (const credential of ctx.credentials.of(provider)) {
    const lane = laneOf(ctx, question, { provider, name, credential, limits })
    if (lane.kind === 'free') return lane
    if (best === null || goesOnBefore(lane, best)) best = lane
  }
  return best ?? { ...NO_KEY, detail: `no key for ${name}` }
}

/** What goes on by itself comes before what a person must mend, and a known time before a later one. */
function goesOnBefore(one: Blocked, other: Blocked): boolean {
  const [waits, waited] = [waitsForPerson(one.why), waitsForPerson(other.why)]
  if (waits !== waited) return waited
  return (one.until ?? Number.POSITIVE_INFINITY) < (other.until ?? Number.POSITIVE_INFINITY)
}

interface Key {
  readonly provider: ProviderId
  readonly name: string
  readonly credential: CredentialId
  readonly limits: LaneLimits
}

function laneOf(
  ctx: ClaimRules,
  { tx, now }: ClaimQuestion,
  { provider, name, credential, limits }: Key,
): Lane {
  const state = tx.lane(provider, credential)
  const use = tx.laneUse(provider, credential)
  const creates =
    limits.createsPerMinute === null
      ? { count: 0, firstAt: null }
      : tx.createsSince(provider, credential, now - MINUTE_MS)
  const raiseMs = ctx.scaled(RAISE_AFTER_MS)
  const answer = laneSlots({ ...use, creates, state, limits, now, raiseMs })
  const slots = slotsNow(state, limits, { now, raiseMs })
  const isLess = slots < (state.concurrency ?? limits.concurrency)
  if (answer.kind === 'free') {
    const left = slots - use.used
    const isFullThen = answer.slots === left
    const fullWords = isFullThen
      ? laneWords(name, 'full', { used: slots, slots, held: null, isLess })
      : laneWords(name, 'rate', { used: use.used, slots, held: null, isLess })
    return { kind: 'free', credential, slots: answer.slots, fullWords, isFullThen }
  }
  const { why, until } = answer
  const detail =
    state.unreachable !== null && why === 'held'
      ? unreachableWords(name, state, now)
      : laneWords(name, why, { used: use.used, slots, held: state.heldReason, isLess })
  return { kind: 'blocked', until, why: laneWhy(why), detail }
}

/** Memories that differ wait for the person; a full disk and the battery go on by themselves. */
const blockedBy = ({ code, message }: Halt): Blocked => ({
  why: code === 'mergePending' ? 'mergePending' : code === 'onBattery' ? 'onBattery' : 'halted',
  until: null,
  detail: firstSentence(message),
})

/** `the disk is full`: what to do about it is in the banner and the card. */
const firstSentence = (message: string): string =>
  (message.split(/(?<=[.!?]) /)[0] ?? message).replace(/\.$/, '').replace(/^The /, 'the ')

/** As people call it. */
export const nameOf = (ctx: Pick<QueueContext, 'providers'>, provider: ProviderId): string =>
  ctx.providers.get(provider)?.name ?? provider

const laneWhy = (why: LaneWhy): Blocked['why'] => (why === 'paused' ? 'lanePaused' : why)

interface LaneFacts {
  readonly used: number
  readonly slots: number
  /** What the provider said. */
  readonly held: JobError | null
  /** Fewer slots than its own, since the provider said that there were too many. */
  readonly isLess: boolean
}

function laneWords(name: string, why: LaneWhy, { used, slots, held, isLess }: LaneFacts): string {
  switch (why) {
    case 'paused':
      return `${name} lane is paused`
    case 'needsPerson':
      return held?.message ?? `${name} lane is held`
    case 'held':
      return restsWords(name, held)
    case 'settling':
      return `a lost answer at ${name} is being looked for`
    case 'unsettled':
      return `too many lost answers at ${name}: they need you first`
    case 'full':
      return `${name} lane ${used} of ${slots}${isLess ? ', as many as it takes just now' : ''}`
    case 'rate':
      return `${name} lane has sent its share for this minute`
  }
}
