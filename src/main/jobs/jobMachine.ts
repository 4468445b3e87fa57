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
  | {
      readonly type: 'rendered'
      readonly outputs: readonly OutputSource[]
      /** The engine run that goes on with it at once; null: it waits for its turn. */
      readonly run: number | null
    }
  /** Every output lies whole under its final name. */
  | { readonly type: 'downloaded'; readonly run: number | null }
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
  | {
      readonly type: 'retryLater'
      readonly runAt: number
      readonly error: JobError
      /** From a download: look at the render again first, for a new link. */
      readonly step?: 'poll'
    }
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

type EventOf<E extends EventType> = Extract<JobEvent, { type: E }>
type Patches = {
  readonly [E in EventType]: (job: JobRow, event: EventOf<E>, now: number) => JobPatch
}

const PATCHES: Patches = {
  claimed: (job, event, now) => ({
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
    renewals: 0,
    misses: 0,
    tries: 0,
  }),
  picked: (_job, event) => ({ lease: event.run }),
  accepted: (_job, event, now) => ({
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
  }),
  rendered: (job, event, now) => ({
    status: 'running',
    step: 'download',
    lease: event.run,
    runAt: now,
    outputs: event.outputs,
    renderedAt: job.renderedAt ?? now,
    progress: 1,
    providerState: null,
    tries: job.outputs === null ? 0 : job.tries,
    error: null,
    needsYou: null,
  }),
  downloaded: (_job, event, now) => ({
    step: 'finish',
    lease: event.run,
    runAt: now,
    tries: 0,
    error: null,
  }),
  finished: () => ({ status: 'succeeded', error: null }),
  snoozed: (job, event) => ({
    status: 'running',
    lease: null,
    runAt: event.runAt,
    checks: job.checks + 1,
    misses: 0,
    // An answer: what kept the looks before it from one is over.
    error: null,
    needsYou: null,
    // Once outputs were seen, tries count downloads too and must not start over.
    tries: job.outputs === null ? 0 : job.tries,
    ...(event.progress === undefined ? {} : { progress: event.progress }),
    ...(event.providerState === undefined ? {} : { providerState: event.providerState }),
  }),
  lookAgain: (_job, event) => ({
    status: 'running',
    step: 'poll',
    lease: null,
    runAt: event.runAt,
    tries: 0,
    checks: 0,
    renewals: 0,
    misses: 0,
    error: null,
    needsYou: null,
  }),
  missed: (job, event) => ({
    lease: null,
    runAt: event.runAt,
    misses: job.misses + 1,
    checks: job.checks + 1,
    error: event.error,
  }),
  linkExpired: (job, event) => ({
    step: 'poll',
    lease: null,
    runAt: event.runAt,
    renewals: job.renewals + 1,
    error: event.error,
  }),
  retryLater: (job, event) => ({
    ...(event.step === undefined ? {} : { step: event.step }),
    lease: null,
    runAt: event.runAt,
    tries: job.tries + 1,
    error: event.error,
  }),
  resubmitLater: (job, event) =>
    job.cancelRequested
      ? { status: 'cancelled', error: event.error }
      : {
          status: 'waiting',
          step: 'submit',
          lease: null,
          runAt: event.runAt,
          attempt: job.attempt + 1,
          error: event.error,
        },
  putBack: (job, event) =>
    job.cancelRequested
      ? { status: 'cancelled' }
      : {
          status: 'waiting',
          step: 'submit',
          lease: null,
          runAt: event.runAt,
          error: event.error ?? job.error,
          needsYou: null,
          cancelSent: false,
          cancelNote: null,
        },
  submitUnknown: (_job, event) => ({ lease: null, runAt: NEVER, error: event.error }),
  needsYou: (_job, event) => ({
    status: 'needsYou',
    lease: null,
    runAt: NEVER,
    needsYou: event.note,
  }),
  failed: (job, event) =>
    job.cancelRequested
      ? { status: 'cancelled', error: event.error }
      : { status: 'failed', error: event.error },
  cancelRequested: (job, _event, now) =>
    job.status === 'queued' || job.status === 'waiting'
      ? { status: 'cancelled', cancelRequested: true }
      : {
          cancelRequested: true,
          ...(job.step === 'poll' && job.lease === null ? { runAt: Math.min(job.runAt, now) } : {}),
        },
  cancelSent: (_job, event) => ({ cancelSent: true, cancelNote: event.note }),
  cancelled: () => ({ status: 'cancelled' }),
  recovered: (_job, _event, now) => ({ lease: null, runAt: now }),
}

/** TypeScript cannot see that the handler and the event have the same type; the table's type proves it. */
function patchFor<E extends EventType>(job: JobRow, event: EventOf<E>, now: number): JobPatch {
  const patch: Patches[E] = PATCHES[event.type]
  return patch(job, event, now)
}
