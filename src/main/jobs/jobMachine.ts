import { assertNever } from '../../shared/domain/result.ts'
import { isTerminal, type JobStatus, type Operation } from '../../shared/domain/job.ts'
import type { CredentialId } from '../../shared/domain/ids.ts'
import type { JobError } from '../../shared/domain/errors.ts'
import type { OutputSource } from '../providers/spec.ts'
import {
  intentIdOf,
  NEVER,
  type JobPatch,
  type JobRow,
  type NeedsYouNote,
  type ProviderState,
} from './jobRow.ts'

/** What can happen to a job. Who raises it and what money does stands in docs/job-states.md. */
export type JobEvent =
  /** A claim took it: one intent number further, one lane slot used. */
  | { readonly type: 'claimed'; readonly run: number; readonly credential: CredentialId }
  /** A step that was due is being worked on. */
  | { readonly type: 'picked'; readonly run: number }
  /** The create was answered with an operation, now or by a list, a person or the journal. */
  | { readonly type: 'accepted'; readonly operation: Operation; readonly runAt: number }
  /** The provider says that the render succeeded. */
  | { readonly type: 'rendered'; readonly outputs: readonly OutputSource[] }
  /** Every output lies whole under its final name. */
  | { readonly type: 'downloaded' }
  | { readonly type: 'finished' }
  /** Ask again later; not an attempt. */
  | {
      readonly type: 'snoozed'
      readonly runAt: number
      readonly progress?: number | undefined
      readonly providerState?: ProviderState | undefined
    }
  /** A person asks to go on with what exists: the provider is asked anew, counters start over. */
  | { readonly type: 'lookAgain'; readonly runAt: number }
  /** The provider does not know the operation (404); counts late and repeated only. */
  | { readonly type: 'missed'; readonly runAt: number; readonly error: JobError }
  /** The links no longer serve: ask the provider for new ones. Counted, so that it ends. */
  | { readonly type: 'linkExpired'; readonly runAt: number; readonly error: JobError }
  /** The same step again, by itself; counted. */
  | { readonly type: 'retryLater'; readonly runAt: number; readonly error: JobError }
  /** A new create, by itself: the last one surely made nothing, or its render surely failed. Counted. */
  | { readonly type: 'resubmitLater'; readonly runAt: number; readonly error: JobError }
  /** Not its fault (rate limit, key, lane, shutdown before sending): back to `waiting`, not counted. */
  | { readonly type: 'putBack'; readonly runAt: number; readonly error?: JobError | undefined }
  /** The create may or may not have arrived: the settling of intents moves it on. */
  | { readonly type: 'submitUnknown'; readonly error: JobError }
  | { readonly type: 'needsYou'; readonly note: NeedsYouNote }
  | { readonly type: 'failed'; readonly error: JobError }
  | { readonly type: 'cancelRequested' }
  | { readonly type: 'cancelSent'; readonly note: string | null }
  | { readonly type: 'cancelled' }
  /** The lease of an engine run that is gone is taken off; `runAt` now. */
  | { readonly type: 'recovered' }

type EventType = JobEvent['type']

/** Which events a status admits and where they may lead. `docs/job-states.md` shows this table; a test compares them. */
export const TRANSITIONS: {
  readonly [S in JobStatus]: { readonly [E in EventType]?: readonly JobStatus[] }
} = {
  queued: { claimed: ['running'], cancelRequested: ['cancelled'] },
  waiting: { claimed: ['running'], cancelRequested: ['cancelled'] },
  running: {
    picked: ['running'],
    accepted: ['running'],
    rendered: ['running'],
    downloaded: ['running'],
    finished: ['succeeded'],
    snoozed: ['running'],
    missed: ['running'],
    linkExpired: ['running'],
    retryLater: ['running'],
    resubmitLater: ['waiting', 'cancelled'],
    putBack: ['waiting', 'cancelled'],
    submitUnknown: ['running'],
    needsYou: ['needsYou'],
    failed: ['failed', 'cancelled'],
    cancelRequested: ['running'],
    cancelSent: ['running'],
    cancelled: ['cancelled'],
    recovered: ['running'],
  },
  needsYou: {
    accepted: ['running'],
    lookAgain: ['running'],
    putBack: ['waiting', 'cancelled'],
    failed: ['failed', 'cancelled'],
    cancelRequested: ['needsYou'],
    cancelled: ['cancelled'],
  },
  succeeded: {},
  failed: {},
  cancelled: {},
}

/**
 * What `event` changes in `job`. Pure.
 * @param now epoch ms
 * @throws TypeError when the status does not admit the event: a bug of the caller, nothing was changed
 */
export function transition(job: JobRow, event: JobEvent, now: number): JobPatch {
  const allowed = TRANSITIONS[job.status][event.type]
  if (allowed === undefined)
    throw new TypeError(`${job.id}: ${event.type} is not possible in ${job.status}`)
  const patch = wholeMs(patchFor(job, event, now))
  const status = patch.status ?? job.status
  if (!allowed.includes(status))
    throw new TypeError(`${job.id}: ${event.type} may not lead from ${job.status} to ${status}`)
  return isTerminal(status)
    ? { ...patch, finishedAt: now, lease: null, runAt: NEVER, needsYou: null }
    : patch
}

/** Waits are computed; what is stored is whole milliseconds. */
const wholeMs = (patch: JobPatch): JobPatch =>
  patch.runAt === undefined ? patch : { ...patch, runAt: Math.ceil(patch.runAt) }

function patchFor(job: JobRow, event: JobEvent, now: number): JobPatch {
  switch (event.type) {
    case 'claimed':
      return {
        status: 'running',
        step: 'submit',
        lease: event.run,
        credential: event.credential,
        intentNo: job.intentNo + 1,
        intentId: intentIdOf(job.id, job.intentNo + 1),
        startedAt: job.startedAt ?? now,
        submittedAt: null,
        renderedAt: null,
        operation: null,
        outputs: null,
        progress: null,
        providerState: null,
        checks: 0,
        misses: 0,
        tries: 0,
      }
    case 'picked':
      return { lease: event.run }
    case 'accepted':
      return {
        status: 'running',
        step: 'poll',
        lease: null,
        runAt: event.runAt,
        operation: event.operation,
        submittedAt: now,
        tries: 0,
        checks: 0,
        misses: 0,
        error: null,
        needsYou: null,
      }
    case 'rendered':
      return {
        status: 'running',
        step: 'download',
        lease: null,
        runAt: now,
        outputs: event.outputs,
        renderedAt: job.renderedAt ?? now,
        progress: 1,
        providerState: null,
        tries: job.outputs === null ? 0 : job.tries,
        error: null,
        needsYou: null,
      }
    case 'downloaded':
      return { step: 'finish', lease: null, runAt: now, tries: 0, error: null }
    case 'finished':
      return { status: 'succeeded', error: null }
    case 'snoozed':
      return {
        status: 'running',
        lease: null,
        runAt: event.runAt,
        checks: job.checks + 1,
        misses: 0,
        needsYou: null,
        // Once outputs were seen, tries count link refreshes and must not start over.
        tries: job.outputs === null ? 0 : job.tries,
        ...(event.progress === undefined ? {} : { progress: event.progress }),
        ...(event.providerState === undefined ? {} : { providerState: event.providerState }),
      }
    case 'lookAgain':
      return {
        status: 'running',
        step: 'poll',
        lease: null,
        runAt: event.runAt,
        tries: 0,
        misses: 0,
        error: null,
        needsYou: null,
      }
    case 'missed':
      return {
        lease: null,
        runAt: event.runAt,
        misses: job.misses + 1,
        checks: job.checks + 1,
        error: event.error,
      }
    case 'linkExpired':
      return {
        step: 'poll',
        lease: null,
        runAt: event.runAt,
        tries: job.tries + 1,
        error: event.error,
      }
    case 'retryLater':
      return { lease: null, runAt: event.runAt, tries: job.tries + 1, error: event.error }
    case 'resubmitLater':
      return job.cancelRequested
        ? { status: 'cancelled', error: event.error }
        : {
            status: 'waiting',
            step: 'submit',
            lease: null,
            runAt: event.runAt,
            attempt: job.attempt + 1,
            error: event.error,
          }
    case 'putBack':
      return job.cancelRequested
        ? { status: 'cancelled' }
        : {
            status: 'waiting',
            step: 'submit',
            lease: null,
            runAt: event.runAt,
            error: event.error ?? job.error,
            needsYou: null,
          }
    case 'submitUnknown':
      return { lease: null, runAt: NEVER, error: event.error }
    case 'needsYou':
      return { status: 'needsYou', lease: null, runAt: NEVER, needsYou: event.note }
    case 'failed':
      return job.cancelRequested
        ? { status: 'cancelled', error: event.error }
        : { status: 'failed', error: event.error }
    case 'cancelRequested':
      return job.status === 'queued' || job.status === 'waiting'
        ? { status: 'cancelled', cancelRequested: true }
        : {
            cancelRequested: true,
            ...(job.step === 'poll' && job.lease === null
              ? { runAt: Math.min(job.runAt, now) }
              : {}),
          }
    case 'cancelSent':
      return { cancelSent: true, cancelNote: event.note }
    case 'cancelled':
      return { status: 'cancelled' }
    case 'recovered':
      return { lease: null, runAt: now }
    default:
      return assertNever(event)
  }
}
