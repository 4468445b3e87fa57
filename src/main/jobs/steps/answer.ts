import { assertNever } from '../../../shared/domain/result.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { CredentialId } from '../../../shared/domain/ids.ts'
import type { Operation } from '../../../shared/domain/job.ts'
import type { SubmitOutcome, VideoProvider } from '../../providers/spec.ts'
import { advance } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import type { JobEvent } from '../jobMachine.ts'
import type { IntentId, JobRow } from '../jobRow.ts'
import type { IntentPatch } from '../intentPort.ts'
import type { JobTx, SubmitJournal } from '../ports.ts'
import { journalled } from '../journalled.ts'
import { WATCH_MS } from '../reconcile.ts'
import { nextLookAt } from './nextLook.ts'
import { afterTooMany, RAISE_AFTER_MS, type LearnedSlots } from '../learnedSlots.ts'
import { holdLane } from '../laneHolds.ts'
import { afterUnreached, isKeyMissing } from '../lanes.ts'
import { afterRefusal } from '../retryPolicy.ts'
import { noteFailure } from '../routeHolds.ts'
import { releaseUnsent } from './charges.ts'

/** First look at an unknown create (money rule 5). Unscaled ms. */
const FIRST_LOOK_MS = 30_000

/** An answer goes into the database even when the journal fails: one of the two must know it. */
export async function journalOutcome(
  ctx: QueueContext,
  line: Parameters<SubmitJournal['outcome']>[0],
): Promise<void> {
  await journalled(ctx, (journal) => journal.outcome(line))
}

interface Answered {
  readonly intentId: IntentId
  readonly outcome: SubmitOutcome
  readonly provider: VideoProvider
}

/** Writes down what a create came to, in both memories, and moves the job on. */
export async function recordAnswer(
  ctx: QueueContext,
  job: JobRow,
  { intentId, outcome, provider }: Answered,
): Promise<void> {
  const at = ctx.clock.now()
  switch (outcome.kind) {
    case 'accepted':
      // Not awaited one after the other: either memory alone is enough to find the operation again.
      await Promise.all([
        journalOutcome(ctx, { intentId, outcome: 'accepted', operation: outcome.operation, at }),
        advance(ctx, job, (tx, now) => {
          tx.updateIntent(intentId, {
            outcome: 'accepted',
            nextLookAt: null,
            settledAt: at,
            settledBy: 'answer',
          })
          noteReached(tx, now)
          return adopt(ctx, { tx, job: now, intentId, operation: outcome.operation })
        }),
      ])
      return
    case 'notSent':
      return recordRefusal(ctx, job, {
        intentId,
        error: outcome.error,
        left: true,
        unreached: outcome.error.kind === 'unavailable',
      })
    case 'refused':
      return recordRefusal(ctx, job, {
        intentId,
        error: outcome.error,
        left: true,
        refused: true,
        retryAfterMs: outcome.retryAfterMs,
        stopsLane: outcome.stopsLane,
      })
    case 'unknown':
      return recordUnknown(ctx, job, { intentId, error: outcome.error, provider })
    default:
      return assertNever(outcome)
  }
}

interface Adoption {
  readonly tx: JobTx
  readonly job: JobRow
  readonly intentId: IntentId
  readonly operation: Operation
}

/** Gives an operation to a job: from an answer, a list, the same key or a person. */
export function adopt(ctx: QueueContext, { tx, job, intentId, operation }: Adoption): JobEvent {
  const at = ctx.clock.now()
  if (!tx.addOperation({ job, intentId, operation, at })) {
    // Whether anything new was made cannot be told.
    tx.settleCharge(intentId, { state: 'indeterminate', amount: null, at })
    return {
      type: 'needsYou',
      note: {
        code: 'operationTaken',
        message:
          'The provider answered with an operation that another job already owns. Nothing was lost; decide whether to send this one again.',
        evidence: [`operation ${operation.id}`],
        actions: ['sendAgain', 'giveUp'],
      },
    }
  }
  tx.settleCharge(intentId, { state: 'reserved', amount: null, at })
  return {
    type: 'accepted',
    operation,
    runAt: nextLookAt(ctx, tx, { job, since: at, failures: 0 }),
  }
}

interface Refusal {
  readonly intentId: IntentId
  readonly error: JobError
  /** An intent stands for it. */
  readonly left: boolean
  readonly refused?: boolean
  /** No connection stood: the provider is to blame, not the job. */
  readonly unreached?: boolean
  readonly retryAfterMs?: number | undefined
  readonly stopsLane?: boolean | undefined
}

/** A create that surely made nothing: the reservation goes back, and the error's kind decides the rest. */
export async function recordRefusal(
  ctx: QueueContext,
  job: JobRow,
  refusal: Refusal,
): Promise<void> {
  const at = ctx.clock.now()
  const outcome = refusal.refused === true ? 'refused' : 'notSent'
  if (refusal.left)
    await journalOutcome(ctx, { intentId: refusal.intentId, outcome, operation: null, at })
  await advance(ctx, job, (tx, now) => {
    if (refusal.left)
      tx.updateIntent(refusal.intentId, {
        outcome,
        nextLookAt: null,
        settledAt: at,
        settledBy: 'answer',
      })
    releaseUnsent(tx, refusal.intentId, at)
    return refusalEvent(ctx, tx, { job: now, refusal, at })
  })
  // It may have held its lane or its model.
  ctx.emit({ type: 'lanes' })
}

function refusalEvent(
  ctx: QueueContext,
  tx: JobTx,
  { job, refusal, at }: { job: JobRow; refusal: Refusal; at: number },
): JobEvent {
  const { error } = refusal
  if (refusal.unreached === true) {
    if (job.credential !== null) {
      const state = tx.lane(job.provider, job.credential)
      const held = afterUnreached(state, { error, now: at, scaled: ctx.scaled })
      holdLane(tx, job, held)
    }
    return { type: 'putBack', runAt: at }
  }
  if (refusal.refused === true) noteReached(tx, job)
  if (refusal.stopsLane === true) {
    holdLane(tx, job, { needsPerson: true, heldReason: error })
    return { type: 'putBack', runAt: at, error }
  }
  const decision = afterRefusal({
    error,
    attempt: job.attempt,
    retryAfterMs: refusal.retryAfterMs,
    random: ctx.chance.random(),
  })
  switch (decision.kind) {
    case 'retry':
      return { type: 'resubmitLater', runAt: at + ctx.scaled(decision.delayMs), error }
    case 'laneWaits': {
      const until = at + ctx.scaled(decision.delayMs)
      if (job.credential !== null) {
        const learned = tooManyAt(ctx, tx, { job, credential: job.credential, at })
        holdLane(tx, job, { heldUntil: until, heldReason: error, learned })
      }
      return { type: 'putBack', runAt: at, error }
    }
    case 'laneNeedsPerson':
      if (!isKeyMissing(error)) holdLane(tx, job, { needsPerson: true, heldReason: error })
      return { type: 'putBack', runAt: at, error }
    case 'fail':
      if (!job.cancelRequested && !isOwnFault(error)) noteFailure(tx, { job, error, at })
      return { type: 'failed', error }
    default:
      return assertNever(decision)
  }
}

/** What the lane may have at once from now on. */
function tooManyAt(
  ctx: QueueContext,
  tx: JobTx,
  { job, credential, at }: { job: JobRow; credential: CredentialId; at: number },
): LearnedSlots | null {
  const state = tx.lane(job.provider, credential)
  const limits = ctx.providers.get(job.provider)?.traits.lane
  if (limits === undefined) return state.learned
  const { used } = tx.laneUse(job.provider, credential)
  return afterTooMany(state, limits, { used, now: at, raiseMs: ctx.scaled(RAISE_AFTER_MS) })
}

/** A picture of this row that cannot be sent says nothing about its model. */
const isOwnFault = ({ code }: JobError): boolean => code.startsWith('FRAME_')

/** The provider answered: its lane works as before, unless a person must say so. */
function noteReached(tx: JobTx, { provider, credential }: JobRow): void {
  if (credential === null) return
  const { unreachable, needsPerson, heldReason } = tx.lane(provider, credential)
  if (unreachable === null) return
  const reason = needsPerson ? heldReason : null
  tx.setLane(provider, credential, { unreachable: null, heldUntil: null, heldReason: reason })
}

/** The create may have arrived: money is in doubt until the provider or a person settles it. */
async function recordUnknown(
  ctx: QueueContext,
  job: JobRow,
  { intentId, error, provider }: { intentId: IntentId; error: JobError; provider: VideoProvider },
): Promise<void> {
  const at = ctx.clock.now()
  await journalOutcome(ctx, { intentId, outcome: 'unknown', operation: null, at })
  await advance(ctx, job, (tx, now) => {
    noteReached(tx, now)
    tx.updateIntent(intentId, unknownPatch(ctx, { at, error, paid: provider.traits.paid }))
    tx.settleCharge(intentId, { state: 'indeterminate', amount: null, at })
    return { type: 'submitUnknown', error }
  })
}

/** A step broke in submit: without an intent nothing left; with one it is settled like a lost answer. */
export function settleBroken(ctx: QueueContext, tx: JobTx, job: JobRow): void {
  if (job.intentId === null) return
  const intent = tx.intent(job.intentId)
  const at = ctx.clock.now()
  if (intent === null) return releaseUnsent(tx, job.intentId, at)
  if (intent.outcome !== 'open') return
  const paid = ctx.providers.get(job.provider)?.traits.paid ?? true
  const error: JobError = {
    kind: 'unknown',
    code: 'BROKE_WHILE_SENDING',
    message: 'A fault in Dailies lost the answer to this request.',
  }
  tx.updateIntent(job.intentId, unknownPatch(ctx, { at, error, paid }))
  tx.settleCharge(job.intentId, { state: 'indeterminate', amount: null, at })
}

/** What an intent looks like once its outcome is in doubt; used by recovery too. */
export function unknownPatch(
  ctx: QueueContext,
  { at, error, paid }: { at: number; error: JobError; paid: boolean },
): IntentPatch {
  // A local renderer has no list that lags: what it holds can be asked at once.
  return {
    outcome: 'unknown',
    error,
    nextLookAt: paid ? at + ctx.scaled(FIRST_LOOK_MS) : at,
    watchUntil: at + ctx.scaled(WATCH_MS),
  }
}
