import { assertNever } from '../../../shared/domain/result.ts'
import type { CredentialId } from '../../../shared/domain/ids.ts'
import type { Money } from '../../../shared/domain/money.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { CallContext, CheckOutcome, VideoProvider } from '../../providers/spec.ts'
import { advance, persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import type { JobEvent } from '../jobMachine.ts'
import { intentOf, type JobRow } from '../jobRow.ts'
import { OTHER_BASE_URL, wasSentHere } from '../sentHere.ts'
import { endRefusal, holdLane } from '../laneHolds.ts'
import { isKeyMissing } from '../lanes.ts'
import { callFor, type KeyedCall } from './callFor.ts'
import { nextLookAt } from './nextLook.ts'
import { afterFailedRender, boundedWait } from '../retryPolicy.ts'
import { noteFailure } from '../routeHolds.ts'
import { intoNext, type StepRooms } from '../stepRooms.ts'
import { confirmCharge, endCharge } from './charges.ts'

/** A render that takes longer waits for the person; acts only after an answered look (money rule 9). Unscaled ms. */
const RENDER_DEADLINE_MS = 6 * 3_600_000
/** And after so many of them: a clock that jumped ahead is no long render. */
const LOOKS_BEFORE_OVERDUE = 120
/** A 404 counts only this long after the create, and only this many times (money rule 9). */
const MISSING_AFTER_MS = 10 * 60_000
const MISSES_BEFORE_ASKING = 3

/**
 * Asks the provider once how the render goes. Never fails a job for want of an answer.
 * @returns the job when it goes on with its download at once
 */
export async function pollStep(
  ctx: QueueContext,
  job: JobRow,
  rooms: StepRooms,
): Promise<JobRow | null> {
  const provider = ctx.providers.get(job.provider)
  const keyed = callFor(ctx, job)
  if (provider === undefined || job.operation === null || !keyed.ok) {
    const error: JobError = keyed.ok
      ? {
          kind: 'auth',
          code: 'UNKNOWN_PROVIDER',
          message: `There is no provider ${job.provider} here. Its clip waits until there is.`,
        }
      : keyed.error
    await unreachable(ctx, job, { error, asked: job.credential })
    return null
  }
  const { call } = keyed.value
  if (job.cancelRequested && !job.cancelSent) await sendCancel(ctx, job, { provider, call })
  const outcome = asSeenBy(ctx, job, {
    keyed: keyed.value,
    outcome: await provider.check(job.operation, call),
  })
  if (outcome.kind !== 'unreachable' && outcome.kind !== 'missing')
    await trustAgain(ctx, job, call.credential)
  if (outcome.kind === 'succeeded') return succeeded(ctx, job, { outcome, rooms })
  if (ctx.signal.aborted && outcome.kind === 'unreachable') await putDown(ctx, job)
  else await recordLook(ctx, job, { outcome, provider, asked: call.credential })
  return null
}

const OTHER_KEY: JobError = {
  kind: 'auth',
  code: 'OTHER_KEY',
  message: 'The key that sent this is not here, and the one that is does not know it.',
}

/** Only with the key that sent a job, and where it was sent, can it be missing (money rule 9). */
function asSeenBy(
  ctx: QueueContext,
  job: JobRow,
  { keyed, outcome }: { readonly keyed: KeyedCall; readonly outcome: CheckOutcome },
): CheckOutcome {
  if (outcome.kind !== 'missing') return outcome
  if (!keyed.isOwn) {
    return { kind: 'unreachable', error: OTHER_KEY }
  }
  const { intentId } = job
  const intent = intentId === null ? null : ctx.store.read((tx) => tx.intent(intentId))
  return intent === null || wasSentHere(intent, keyed.call)
    ? outcome
    : { kind: 'unreachable', error: OTHER_BASE_URL }
}

/** A lane that a refused look of this job held goes on once one is answered: that refusal is over. */
async function trustAgain(ctx: QueueContext, job: JobRow, asked: CredentialId): Promise<void> {
  const { provider, error } = job
  if (error?.kind !== 'auth') return
  const isOver = await persist(ctx, (tx) => endRefusal(tx, { provider, credential: asked }, error))
  if (isOver) ctx.emit({ type: 'lanes' })
}

/** The engine stops: the look did not count. */
async function putDown(ctx: QueueContext, job: JobRow): Promise<void> {
  await advance(ctx, job, () => ({ type: 'recovered' }))
}

async function sendCancel(
  ctx: QueueContext,
  job: JobRow,
  { provider, call }: { provider: VideoProvider; call: CallContext },
): Promise<void> {
  if (job.operation === null) return
  const outcome =
    provider.cancel === undefined
      ? ({ kind: 'unsupported' } as const)
      : await provider.cancel(job.operation, call)
  if (outcome.kind === 'unreachable') return
  const note =
    outcome.kind === 'requested'
      ? outcome.note
      : outcome.kind === 'tooLate'
        ? 'It had finished already: what was made is delivered.'
        : `${provider.name} cannot cancel a running render: it is delivered and may be billed.`
  await advance(ctx, job, () => ({ type: 'cancelSent', note }))
}

async function recordLook(
  ctx: QueueContext,
  job: JobRow,
  {
    outcome,
    provider,
    asked,
  }: {
    outcome: Exclude<CheckOutcome, { kind: 'succeeded' }>
    provider: VideoProvider
    asked: CredentialId
  },
): Promise<void> {
  switch (outcome.kind) {
    case 'queued':
    case 'running':
      return stillRunning(ctx, job, outcome)
    case 'failed':
      return renderFailed(ctx, job, { error: outcome.error, cost: outcome.cost, provider })
    case 'cancelled':
      return renderCancelled(ctx, job, { cost: outcome.cost, provider })
    case 'missing':
      return missing(ctx, job, { error: outcome.error, provider })
    case 'unreachable':
      return unreachable(ctx, job, {
        error: outcome.error,
        retryAfterMs: outcome.retryAfterMs,
        asked,
      })
    default:
      return assertNever(outcome)
  }
}

async function stillRunning(
  ctx: QueueContext,
  job: JobRow,
  outcome: Extract<CheckOutcome, { kind: 'queued' | 'running' }>,
): Promise<void> {
  await advance(ctx, job, (tx, now) => {
    const elapsedMs = ctx.clock.now() - sinceOf(now)
    if (elapsedMs > ctx.scaled(RENDER_DEADLINE_MS) && now.checks >= LOOKS_BEFORE_OVERDUE)
      return overdue(now)
    const runAt = nextLookAt(ctx, tx, { job: now, since: sinceOf(now), failures: 0 })
    const providerState =
      outcome.kind === 'queued'
        ? { kind: outcome.kind, position: outcome.position }
        : { kind: outcome.kind }
    return {
      type: 'snoozed',
      runAt,
      providerState,
      ...(outcome.kind === 'running' ? { progress: outcome.progress } : {}),
    }
  })
}

const sinceOf = (job: JobRow): number => job.submittedAt ?? job.createdAt

const overdue = (job: JobRow): JobEvent => ({
  type: 'needsYou',
  note: {
    code: 'renderOverdue',
    message:
      'It renders far longer than any should, the provider says. Keep waiting for it, or give it up.',
    evidence: [`operation ${job.operation?.id ?? ''}`],
    actions: ['adopt', 'giveUp'],
  },
})

function succeeded(
  ctx: QueueContext,
  job: JobRow,
  { outcome, rooms }: { outcome: Extract<CheckOutcome, { kind: 'succeeded' }>; rooms: StepRooms },
): Promise<JobRow | null> {
  const { outputs, cost } = outcome
  return intoNext(rooms, { step: 'download', run: ctx.run }, (run) =>
    advance(ctx, job, (tx, now) => {
      // A link refresh confirms nothing anew.
      if (now.renderedAt === null) confirmCharge(ctx, tx, { job: now, cost })
      if (tx.routeTrouble(now.route)?.heldAt === null) tx.clearRouteTrouble(now.route)
      return { type: 'rendered', outputs, run }
    }),
  )
}

interface Failed {
  readonly error: JobError
  readonly cost: Money | undefined
  readonly provider: VideoProvider
}

async function renderFailed(
  ctx: QueueContext,
  job: JobRow,
  { error, cost, provider }: Failed,
): Promise<void> {
  await advance(ctx, job, (tx, now) => {
    const rule = provider.traits.charges.failed
    // What once succeeded was charged then.
    const charged = now.renderedAt !== null || endCharge(ctx, tx, { job: now, cost, rule })
    if (now.cancelRequested) return { type: 'failed', error }
    const decision = afterFailedRender({
      error,
      attempt: now.attempt,
      retryAfterMs: undefined,
      random: ctx.chance.random(),
      charged,
    })
    const at = ctx.clock.now()
    if (decision.kind === 'retry')
      return { type: 'resubmitLater', runAt: at + ctx.scaled(decision.delayMs), error }
    noteFailure(tx, { job: now, error, at })
    return { type: 'failed', error }
  })
}

async function renderCancelled(
  ctx: QueueContext,
  job: JobRow,
  { cost, provider }: Omit<Failed, 'error'>,
): Promise<void> {
  await advance(ctx, job, (tx, now) => {
    const rule = provider.traits.charges.cancelled
    if (now.renderedAt === null) endCharge(ctx, tx, { job: now, cost, rule })
    if (now.cancelRequested) return { type: 'cancelled' }
    if (now.cancelSent && rule === 'nothing') return backForNext(ctx)
    return {
      type: 'failed',
      error: {
        kind: 'unknown',
        code: 'CANCELLED_AT_PROVIDER',
        message: `${provider.name} says that this was cancelled there. Retry it if that was not you.`,
      },
    }
  })
}

/** Stopped by us when its window closed (see `windowEdges.ts`): it waits for the next one. */
const backForNext = (ctx: QueueContext): JobEvent => ({ type: 'putBack', runAt: ctx.clock.now() })

async function missing(
  ctx: QueueContext,
  job: JobRow,
  { error, provider }: Omit<Failed, 'cost'>,
): Promise<void> {
  await advance(ctx, job, (tx, now) => {
    const age = ctx.clock.now() - sinceOf(now)
    const counts = age > ctx.scaled(MISSING_AFTER_MS)
    if (counts && now.misses + 1 >= MISSES_BEFORE_ASKING) {
      if (now.cancelSent && now.renderedAt === null) {
        // It was asked to stop, and some providers delete what they stop.
        const rule = provider.traits.charges.cancelled
        endCharge(ctx, tx, { job: now, cost: undefined, rule })
        return now.cancelRequested || rule !== 'nothing' ? { type: 'cancelled' } : backForNext(ctx)
      }
      if (now.renderedAt === null)
        tx.settleCharge(intentOf(now), {
          state: 'indeterminate',
          amount: null,
          at: ctx.clock.now(),
        })
      return {
        type: 'needsYou',
        note: {
          code: 'operationMissing',
          message: `${provider.name} accepted this and now does not know it. It may have been charged; look in its dashboard, then decide.`,
          evidence: [`operation ${now.operation?.id ?? ''}`, error.message],
          actions: ['adopt', 'sendAgain', 'giveUp'],
        },
      }
    }
    const runAt = nextLookAt(ctx, tx, {
      job: now,
      since: sinceOf(now),
      failures: Math.min(now.misses + 1, 4),
    })
    return counts ? { type: 'missed', runAt, error } : { type: 'snoozed', runAt }
  })
}

interface Unreachable {
  /** The key that the provider answered. */
  readonly asked: CredentialId | null
  readonly error: JobError
  readonly retryAfterMs?: number | undefined
}

/** No answer, or none about the render. 401 and 403 stop the lane's new work, not this render. */
async function unreachable(
  ctx: QueueContext,
  job: JobRow,
  { error, retryAfterMs, asked }: Unreachable,
): Promise<void> {
  await advance(ctx, job, (tx, now) => {
    const { provider } = now
    const lane = { provider, credential: error === OTHER_KEY ? now.credential : asked }
    if (error.kind === 'auth' && !isKeyMissing(error))
      holdLane(tx, lane, { needsPerson: true, heldReason: error })
    if (error.kind === 'rateLimit')
      holdLane(tx, lane, {
        heldUntil: ctx.clock.now() + ctx.scaled(boundedWait(retryAfterMs ?? 30_000)),
        heldReason: error,
      })
    const wait = nextLookAt(ctx, tx, { job: now, since: sinceOf(now), failures: now.tries + 1 })
    return {
      type: 'retryLater',
      runAt: Math.max(wait, ctx.clock.now() + ctx.scaled(boundedWait(retryAfterMs))),
      error,
    }
  })
}
