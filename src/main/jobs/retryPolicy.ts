import { assertNever } from '../../shared/domain/result.ts'
import type { JobError } from '../../shared/domain/errors.ts'

/** What to do about a create that surely made nothing, or a render that the provider confirmed as failed. */
export type RetryDecision =
  /** A new create after the delay; counted. */
  | { readonly kind: 'retry'; readonly delayMs: number }
  /** The lane waits until then; the job is not to blame and nothing is counted. */
  | { readonly kind: 'laneWaits'; readonly delayMs: number }
  /** The lane waits for the person (key, credit); the job is not to blame. */
  | { readonly kind: 'laneNeedsPerson' }
  | { readonly kind: 'fail' }

export interface RetryQuestion {
  readonly error: JobError
  /** Counted tries so far. */
  readonly attempt: number
  readonly retryAfterMs: number | undefined
  /** 0 to 1, for jitter. */
  readonly random: number
}

/** Counted tries before a job fails. */
export const MAX_ATTEMPTS = 5
const BACKOFF_MS = [2_000, 10_000, 40_000, 120_000, 300_000] as const
const DEFAULT_RATE_LIMIT_MS = 30_000
const LONGEST_RETRY_AFTER_MS = 3_600_000
/** Some servers ask for a wait of nothing. */
const SHORTEST_RATE_LIMIT_MS = 2_000

/** A wait that a server asks for, in ms: some name one of years. */
export const boundedWait = (retryAfterMs = 0): number =>
  Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS)

/** Growing wait before try number `attempt` + 1, in ms, with up to 20 % of jitter. */
export function backoffMs(attempt: number, random: number): number {
  const base = BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)] ?? 300_000
  return Math.round(base * (1 + 0.2 * random))
}

/** After a create that was refused or never left. Pure; delays are unscaled. */
export function afterRefusal(question: RetryQuestion): RetryDecision {
  const { error } = question
  switch (error.kind) {
    case 'auth':
    case 'quota':
      return { kind: 'laneNeedsPerson' }
    case 'rateLimit':
      return {
        kind: 'laneWaits',
        delayMs: Math.max(
          boundedWait(question.retryAfterMs ?? DEFAULT_RATE_LIMIT_MS),
          SHORTEST_RATE_LIMIT_MS,
        ),
      }
    case 'unavailable':
    case 'timeout':
    case 'disk':
    case 'unknown':
      return countedRetry(question)
    case 'invalidRequest':
    case 'contentPolicy':
    case 'modelRetired':
    case 'media':
      return { kind: 'fail' }
    default:
      return assertNever(error.kind)
  }
}

/**
 * After a render that the provider itself reported as failed. Only when that cost nothing, and only
 * for faults of the provider's own (field.md 4.9: a refusal for content is never retried by itself).
 */
export function afterFailedRender(
  question: RetryQuestion & { readonly charged: boolean },
): RetryDecision {
  const { error } = question
  if (question.charged) return { kind: 'fail' }
  if (error.kind === 'unavailable' || error.kind === 'timeout' || error.kind === 'rateLimit')
    return countedRetry(question)
  // An unnamed fault gets one more try: more would burn a night on a request that cannot pass.
  if (error.kind === 'unknown' && question.attempt < 1) return countedRetry(question)
  return { kind: 'fail' }
}

function countedRetry(question: RetryQuestion): RetryDecision {
  if (question.attempt + 1 >= MAX_ATTEMPTS) return { kind: 'fail' }
  const wait = backoffMs(question.attempt, question.random)
  return {
    kind: 'retry',
    delayMs: Math.max(wait, boundedWait(question.retryAfterMs)),
  }
}
