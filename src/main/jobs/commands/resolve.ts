import type { BatchId, JobId } from '../../../shared/domain/ids.ts'
import { assertNever, err, ok, type Result } from '../../../shared/domain/result.ts'
import type { Refusal, Resolution } from '../../engine.ts'
import { applyEvent, persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import type { JobEvent } from '../jobMachine.ts'
import { intentOf, type JobRow } from '../jobRow.ts'
import { jobEventView } from '../jobView.ts'
import type { JobTx } from '../ports.ts'
import { adopt, journalOutcome } from '../steps/answer.ts'

/** What a person decided about a job that waits for it. */
export async function resolve(
  ctx: QueueContext,
  jobId: JobId,
  how: Resolution,
): Promise<Result<void, Refusal>> {
  const outcome = await persist(
    ctx,
    (tx): Result<{ readonly batchId: BatchId; readonly job: JobRow }, Refusal> => {
      const job = tx.job(jobId)
      if (job === null)
        return err({ code: 'unknownJob', message: `There is no job ${jobId} here.` })
      if (job.status !== 'needsYou')
        return err({
          code: 'notWaiting',
          message: `${jobId} is ${job.status}: it does not wait for a decision.`,
        })
      const offered = job.needsYou?.actions ?? []
      if (!offered.includes(how.kind))
        return err({
          code: 'notOffered',
          message: `That is not possible for ${jobId}. Possible: ${offered.join(', ')}.`,
        })
      const changed = resolveIn(ctx, tx, { job, how })
      return changed.ok ? ok({ batchId: job.batchId, job: changed.value }) : changed
    },
  )
  if (!outcome.ok) return outcome
  const { job } = outcome.value
  if (how.kind === 'adopt' && job.operation !== null)
    await journalOutcome(ctx, {
      intentId: intentOf(job),
      outcome: 'accepted',
      operation: job.operation,
      at: ctx.clock.now(),
    })
  ctx.emit(ctx.store.read((tx) => jobEventView(tx, job)).event)
  return ok(undefined)
}

interface Resolving {
  readonly job: JobRow
  readonly how: Resolution
}

function resolveIn(ctx: QueueContext, tx: JobTx, { job, how }: Resolving): Result<JobRow, Refusal> {
  const event = resolutionEvent(ctx, tx, { job, how })
  return event.ok ? ok(applyEvent(tx, { job, at: ctx.clock.now() }, event.value)) : event
}

function resolutionEvent(
  ctx: QueueContext,
  tx: JobTx,
  { job, how }: Resolving,
): Result<JobEvent, Refusal> {
  const at = ctx.clock.now()
  switch (how.kind) {
    case 'adopt':
      return job.operation?.id === how.operationId
        ? ok({ type: 'lookAgain', runAt: at })
        : adoptById(ctx, tx, { job, operationId: how.operationId })
    case 'sendAgain':
      // The old intent stays watched: a late match becomes an extra take. Its money stays in doubt.
      return ok({ type: 'putBack', runAt: at })
    case 'giveUp': {
      const message = `Given up by you: ${job.needsYou?.message ?? ''}`
      return ok({ type: 'failed', error: { kind: 'unknown', code: 'GIVEN_UP', message } })
    }
    case 'retryDownload':
      return job.operation === null
        ? err({
            code: 'nothingToDownload',
            message: 'No operation is known for this job. Adopt its id first.',
          })
        : ok({ type: 'lookAgain', runAt: at })
    default:
      return assertNever(how)
  }
}

/** The person found the id in the provider's dashboard. */
function adoptById(
  ctx: QueueContext,
  tx: JobTx,
  { job, operationId }: { job: JobRow; operationId: string },
): Result<JobEvent, Refusal> {
  const intentId = intentOf(job)
  const owner = tx.operationOwner(job.provider, operationId)
  // An earlier create of the job itself made another operation than the one whose answer was lost.
  if (owner !== null && (owner.jobId !== job.id || owner.intentId !== intentId)) {
    const whose = owner.jobId === job.id ? 'an earlier try of this job' : owner.jobId
    return err({
      code: 'operationTaken',
      message: `${operationId} belongs to ${whose} already. Look up the id once more.`,
    })
  }
  const provider = ctx.providers.get(job.provider)
  const operation = provider?.operationFromId?.(operationId, tx.request(job.id))
  if (operation === undefined) {
    return err({
      code: 'cannotAdopt',
      message: `${provider?.name ?? job.provider} has no way to take up an operation by its id.`,
    })
  }
  if (tx.intent(intentId) !== null) {
    tx.updateIntent(intentId, {
      outcome: 'accepted',
      nextLookAt: null,
      settledAt: ctx.clock.now(),
      settledBy: 'person',
    })
  }
  return ok(adopt(ctx, { tx, job, intentId, operation }))
}
