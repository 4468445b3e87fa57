import { createHash } from 'node:crypto'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { CredentialId } from '../../../shared/domain/ids.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import { FREE } from '../../../shared/domain/money.ts'
import type { FrameSource, RouteRequest } from '../../../shared/domain/generation.ts'
import type { CallContext, VideoProvider, WireRequest } from '../../providers/spec.ts'
import { advance } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import { intentOf, type IntentId, type JobRow } from '../jobRow.ts'
import { journalled } from '../journalled.ts'
import type { NewIntent } from '../intentPort.ts'
import { sendGap } from '../sendGap.ts'
import { journalOutcome, recordAnswer, recordRefusal } from './answer.ts'
import { releaseUnsent } from './charges.ts'

interface Ready {
  readonly provider: VideoProvider
  readonly call: CallContext
  readonly credential: CredentialId
  readonly request: RouteRequest
}

/** Prepares, commits the intent, sends the one POST and records what came back. */
export async function submitStep(ctx: QueueContext, job: JobRow): Promise<void> {
  const intentId = intentOf(job)
  const ready = makeReady(ctx, job)
  if (!ready.ok) return recordRefusal(ctx, job, { intentId, error: ready.error, left: false })
  const { provider, call, credential } = ready.value
  const fitted = await withFittedFrames(ctx, ready.value.request)
  if (ctx.signal.aborted) return putBackUnsent(ctx, job, intentId)
  if (!fitted.ok) return recordRefusal(ctx, job, { intentId, error: fitted.error, left: false })
  const request = fitted.value
  const prepared = await provider.prepare(request, {
    ...call,
    jobId: job.id,
    idempotencyKey: intentId,
    readFrame: (frame) => ctx.credentials.readFrame(frame),
    label: { row: job.row, take: job.take, modelName: job.modelName, providerName: provider.name },
  })
  if (!prepared.ok && ctx.signal.aborted) return putBackUnsent(ctx, job, intentId)
  if (!prepared.ok) {
    const { error } = prepared
    return recordRefusal(ctx, job, { intentId, error, left: false, unreached: isUnreached(error) })
  }
  const wire = prepared.value
  const isLate = sendGap(ctx.clock)
  const intent = newIntent(ctx, { job, intentId, credential, request, wire })
  if (!(await commitIntent(ctx, job, { intent, request, asked: ready.value.request }))) return
  if (isLate()) return dropIntent(ctx, job, intentId)
  const outcome = await provider.submit(wire, { ...call, isLate })
  await recordAnswer(ctx, job, { intentId, outcome, provider })
}

function makeReady(ctx: QueueContext, job: JobRow): Result<Ready, JobError> {
  const provider = ctx.providers.get(job.provider)
  if (provider === undefined || job.credential === null) {
    return err({
      kind: 'invalidRequest',
      code: 'UNKNOWN_PROVIDER',
      message: `There is no provider ${job.provider} here. Choose another.`,
    })
  }
  const call = ctx.credentials.call(job.provider, job.credential, ctx.signal)
  if (!call.ok) return call
  return ok({
    provider,
    call: call.value,
    credential: job.credential,
    request: ctx.store.read((tx) => tx.request(job.id)),
  })
}

/** What the frames' fits say is carried out; the pictures that were brought in stay as they are. */
async function withFittedFrames(
  ctx: QueueContext,
  request: RouteRequest,
): Promise<Result<RouteRequest, JobError>> {
  const isLeft = ({ frames }: RouteRequest): boolean =>
    frames.every((frame) => frame.kind === 'url' || frame.fit === undefined)
  if (isLeft(request)) return ok(request)
  const frames: FrameSource[] = []
  for (const frame of request.frames) {
    const fitted = frame.kind === 'url' ? ok(frame) : await ctx.fitFrame(frame, ctx.signal)
    if (!fitted.ok) return fitted
    frames.push(fitted.value)
  }
  return ok({ ...request, frames })
}

/** An upload that found nobody, or no answer. */
const isUnreached = ({ code }: JobError): boolean => code === 'UNREACHABLE' || code === 'NO_ANSWER'

/** The engine stops before anything was sent. */
async function putBackUnsent(ctx: QueueContext, job: JobRow, intentId: IntentId): Promise<void> {
  const at = ctx.clock.now()
  await advance(ctx, job, (tx) => {
    releaseUnsent(tx, intentId, at)
    return { type: 'putBack', runAt: at }
  })
}

function newIntent(
  ctx: QueueContext,
  {
    job,
    intentId,
    credential,
    request,
    wire,
  }: {
    job: JobRow
    intentId: IntentId
    credential: CredentialId
    request: RouteRequest
    wire: WireRequest
  },
): NewIntent {
  const bodySha256 = createHash('sha256').update(wire.body).digest('hex')
  return {
    id: intentId,
    job,
    credential,
    endpoint: request.endpoint,
    wire,
    bodySha256,
    at: ctx.clock.now(),
  }
}

/** Both memories hold the intent before a byte leaves. False: the job was cancelled or the engine stops. */
async function commitIntent(
  ctx: QueueContext,
  job: JobRow,
  { intent, request, asked }: { intent: NewIntent; request: RouteRequest; asked: RouteRequest },
): Promise<boolean> {
  let goes = true
  await advance(ctx, job, (tx, now) => {
    goes = !now.cancelRequested && !ctx.signal.aborted
    if (!goes) {
      releaseUnsent(tx, intent.id, intent.at)
      return { type: 'putBack', runAt: intent.at }
    }
    if (request !== asked) tx.setRequest(job.id, request)
    tx.insertIntent(intent)
    return null
  })
  if (!goes) return false
  const reservation = ctx.store.read((tx) => tx.charge(intent.id))?.money ?? FREE
  const isKept = await journalled(ctx, (journal) => journal.intent({ intent, reservation }))
  if (!isKept) await dropIntent(ctx, job, intent.id)
  return isKept
}

async function dropIntent(ctx: QueueContext, job: JobRow, intentId: IntentId): Promise<void> {
  const at = ctx.clock.now()
  await journalOutcome(ctx, { intentId, outcome: 'dropped', operation: null, at })
  await advance(ctx, job, (tx) => {
    tx.updateIntent(intentId, { outcome: 'dropped', settledAt: at, settledBy: 'recovery' })
    releaseUnsent(tx, intentId, at)
    return { type: 'putBack', runAt: at }
  })
}
