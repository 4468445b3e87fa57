import type { JobError } from '../../shared/domain/errors.ts'
import type { CredentialId, ProviderId } from '../../shared/domain/ids.ts'
import type { ClaimQuestion, ClaimRules } from './claim.ts'
import type { Halt, QueueContext } from './context.ts'
import { laneSlots, MINUTE_MS, restsWords, unreachableWords, type LaneWhy } from './lanes.ts'
import { RAISE_AFTER_MS, slotsNow } from './learnedSlots.ts'
import type { Blocked } from './whyWaiting.ts'

/** A key with free slots, or why none of the provider has any. */
export type Lane =
  | {
      readonly kind: 'free'
      readonly credential: CredentialId
      readonly slots: number
      /** Once they are all taken. */
      readonly fullWords: string
    }
  | ({ readonly kind: 'blocked' } & Blocked)

const NO_KEY = { kind: 'blocked', why: 'noKey', until: null } as const

/** The first of the provider's keys with a free slot. */
export function pickLane(
  ctx: ClaimRules,
  { tx, now, halted }: ClaimQuestion,
  provider: ProviderId,
): Lane {
  if (halted !== null) return { kind: 'blocked', ...blockedBy(halted) }
  if (tx.flag('paused') !== null)
    return { kind: 'blocked', why: 'paused', until: null, detail: 'everything is paused' }
  const name = nameOf(ctx, provider)
  const limits = ctx.providers.get(provider)?.traits.lane
  if (limits === undefined) return { ...NO_KEY, detail: `there is no provider ${provider}` }
  let last: Lane = { ...NO_KEY, detail: `no key for ${name}` }
  for (const credential of ctx.credentials.of(provider)) {
    const state = tx.lane(provider, credential)
    const use = tx.laneUse(provider, credential)
    const isRated = limits.createsPerMinute !== null
    const creates = isRated
      ? tx.createsSince(provider, credential, now - MINUTE_MS)
      : { count: 0, firstAt: null }
    const raiseMs = ctx.scaled(RAISE_AFTER_MS)
    const answer = laneSlots({
      ...use,
      createsLastMinute: creates.count,
      firstCreateAt: creates.firstAt,
      state,
      limits,
      now,
      raiseMs,
    })
    const slots = slotsNow(state, limits, { now, raiseMs })
    const isLess = slots < (state.concurrency ?? limits.concurrency)
    if (answer.kind === 'free') {
      const left = slots - use.used
      const fullWords =
        answer.slots < left
          ? laneWords(name, 'rate', { used: use.used, slots, held: null, isLess })
          : laneWords(name, 'full', { used: slots, slots, held: null, isLess })
      return { kind: 'free', credential, slots: answer.slots, fullWords }
    }
    last = {
      kind: 'blocked',
      until: answer.until,
      why: laneWhy(answer.why),
      detail:
        state.unreachable !== null && answer.why === 'held'
          ? unreachableWords(name, state, now)
          : laneWords(name, answer.why, {
              used: use.used,
              slots,
              held: state.heldReason,
              isLess,
            }),
    }
  }
  return last
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
