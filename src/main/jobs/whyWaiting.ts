import type { CapReached } from '../../shared/domain/asks.ts'
import type { JobError } from '../../shared/domain/errors.ts'
import type { RouteId } from '../../shared/domain/ids.ts'
import { assertNever } from '../../shared/domain/result.ts'
import type { Arrival } from './arrivals.ts'
import { NEVER, type IntentId, type JobRow } from './jobRow.ts'
import { MAX_ATTEMPTS } from './retryPolicy.ts'

/** Why a queued or waiting job was passed over at the last claim; null `until` means not by the clock. */
export interface Blocked {
  readonly why:
    | 'paused'
    | 'batchPaused'
    | 'lanePaused'
    | 'needsPerson'
    | 'held'
    | 'settling'
    | 'unsettled'
    | 'full'
    | 'rate'
    | 'window'
    | 'cap'
    | 'unpriced'
    | 'noKey'
    | 'later'
    | 'halted'
    | 'onBattery'
    | 'mergePending'
    | 'batchFull'
    | 'breakPoint'
    /** No server has shown its clock yet, and caps stand. */
    | 'clock'
    /** Its model failed alike too often. */
    | 'modelHeld'
  readonly until: number | null
  /** Finished words for the cases that carry figures (lane 4 of 4, cap $25.00). */
  readonly detail: string
  /** Of a cap that is reached, for asking the person. */
  readonly cap?: CapReached
  /** Of a job without a price: whose cap it may not pass. */
  readonly scope?: CapReached['scope']
  /** Why jobs of a held lane or model go no other way, by their route. */
  readonly stays?: ReadonlyMap<RouteId, string>
}

/** True when only a person (a key, a cap, a pause) can move the job on. */
export function waitsForPerson(why: Blocked['why']): boolean {
  switch (why) {
    case 'paused':
    case 'batchPaused':
    case 'lanePaused':
    case 'needsPerson':
    case 'unsettled':
    case 'cap':
    case 'unpriced':
    case 'noKey':
    case 'mergePending':
    case 'breakPoint':
    case 'modelHeld':
      return true
    case 'held':
    case 'settling':
    case 'full':
    case 'rate':
    case 'window':
    case 'later':
    case 'halted':
    case 'onBattery':
    case 'batchFull':
    case 'clock':
      return false
    default:
      return assertNever(why)
  }
}

/** What a row cannot tell about its waiting. */
export interface WaitFacts {
  readonly now: number
  /** What the last claim said of its batch and provider; null when no engine of this process looked yet. */
  readonly blocked: Blocked | null
  /** Everything is paused, by the person. */
  readonly paused: boolean
  readonly batchPaused: boolean
  readonly isProviderKnown: boolean
  /** Why its model is held; null when it is not. */
  readonly modelHeld: string | null
  /** What the database says of its lane; null when that is open. */
  readonly laneHeld: Waiting | null
}

/** Why a job waits, and when it goes on, epoch ms; null: not by the clock. */
export interface Waiting {
  readonly words: string
  readonly until: number | null
}

/** Every job that waits has a reason. Pure. */
export function whyWaiting(job: JobRow, facts: WaitFacts): Waiting {
  if (job.paused) return { words: 'paused by you', until: null }
  if (facts.paused) return { words: 'everything is paused', until: null }
  if (facts.batchPaused) return { words: 'its batch is paused', until: null }
  if (facts.modelHeld !== null)
    return { words: joined(facts.modelHeld, facts.blocked?.stays?.get(job.route)), until: null }
  if (job.runAt > facts.now)
    return { words: retryWords(job) ?? 'will be tried again', until: job.runAt }
  if (facts.blocked !== null) return { words: facts.blocked.detail, until: facts.blocked.until }
  if (facts.laneHeld !== null) return facts.laneHeld
  if (!facts.isProviderKnown)
    return { words: `this version does not know the provider ${job.provider}`, until: null }
  return { words: retryWords(job) ?? 'its turn', until: null }
}

/** One sentence of two: what holds it, and why it goes no other way. */
export const joined = (held: string, stays: string | undefined): string =>
  stays === undefined ? held : `${held.replace(/\.$/, '')}; ${stays}`

/** What the row alone tells, in words; null when the status says all. */
export function jobReason(job: JobRow, arrival: Arrival | null = null): string | null {
  switch (job.status) {
    case 'queued':
      return job.paused ? 'paused by you' : null
    case 'waiting':
      return job.paused ? 'paused by you' : retryWords(job)
    case 'running':
      return runningWords(job, arrival)
    case 'needsYou':
      return job.needsYou?.message ?? 'waits for you'
    case 'failed':
      return job.error?.message ?? null
    case 'cancelled':
      return job.cancelNote
    case 'succeeded':
      return null
    default:
      return assertNever(job.status)
  }
}

function retryWords(job: JobRow): string | null {
  if (job.error === null) return null
  const why = causeWords(job.error)
  return job.attempt > 0 ? `retry ${job.attempt + 1} of ${MAX_ATTEMPTS}: ${why}` : why
}

/** That it goes on, and when, is said beside it. */
const causeWords = ({ message }: JobError): string =>
  message.replace(/ It (is (tried|asked) again|goes on) by itself\.$/, '')

/** Its create may have arrived, and the provider is asked about it. */
const isLost = ({ status, step, runAt, lease }: JobRow): boolean =>
  status === 'running' && step === 'submit' && runAt >= NEVER && lease === null

/**
 * When a running job is looked at, or its file fetched, again after a failure, or its lost answer is looked
 * for; null: nothing failed.
 * @param lookAt of an intent whose answer was lost
 */
export function runningUntil(job: JobRow, lookAt: (id: IntentId) => number | null): number | null {
  if (job.intentId !== null && isLost(job)) return lookAt(job.intentId)
  const { status, error, lease, runAt } = job
  return status === 'running' && error !== null && lease === null && runAt < NEVER ? runAt : null
}

function runningWords(job: JobRow, arrival: Arrival | null): string | null {
  if (job.cancelRequested && !isLost(job)) return job.cancelNote ?? 'cancelling'
  switch (job.step) {
    case 'submit':
      if (isLost(job)) return 'answer lost: asks the provider'
      return job.firstFrameSha256 === null ? 'sending' : 'sending, with its picture'
    case 'poll': {
      if (job.misses > 0) return 'the provider does not find it; asking again'
      if (job.error !== null) return `looks again: ${causeWords(job.error)}`
      if (job.providerState?.kind === 'queued') {
        const place = job.providerState.position
        return place === undefined ? 'queued at provider' : `queued at provider, place ${place}`
      }
      return job.progress === null ? 'rendering' : `rendering, ${Math.round(job.progress * 100)} %`
    }
    case 'download':
      if (arrival !== null) return `downloading, ${arrivalWords(arrival)}`
      return job.error === null ? 'downloading' : `download again: ${causeWords(job.error)}`
    case 'finish':
      return 'making poster and filmstrip'
    default:
      return assertNever(job.step)
  }
}

/** `8 of 21 MB`; small files with a decimal. */
function arrivalWords({ bytes, total }: Arrival): string {
  const digits = (total ?? bytes) < 10_000_000 ? 1 : 0
  const megabytes = (count: number): string => (count / 1_000_000).toFixed(digits)
  return total === null ? `${megabytes(bytes)} MB` : `${megabytes(bytes)} of ${megabytes(total)} MB`
}
